//! The mail server.

use super::{ConfigError, wrong};
use lettre::message::Mailbox;
use secrecy::{ExposeSecret as _, SecretString};

/// A mail server and the sender's address.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// `MINYI_MAIL_URL`: `smtps://user:password@host` or `smtp://host:port[?tls=required]`.
    pub url: SecretString,
    /// `MINYI_MAIL_FROM`: `民议 <noreply@minyi.example>`.
    pub from: Mailbox,
}

impl MailConfig {
    pub(super) fn check(url: Option<SecretString>, from: Option<String>) -> Result<Option<Self>, ConfigError> {
        let Some(url) = url else {
            let Some(from) = from else { return Ok(None) };
            return Err(ConfigError(format!(
                "mail_from (MINYI_MAIL_FROM) is {from:?}, but no mail would be sent: mail_url (MINYI_MAIL_URL) is missing; allowed is both, or neither"
            )));
        };
        let text = url.expose_secret();
        if !(text.starts_with("smtp://") || text.starts_with("smtps://")) {
            return Err(ConfigError(
                "mail_url (MINYI_MAIL_URL) does not name a mail server; allowed is smtps://user:password@host or smtp://host:port".to_owned(),
            ));
        }
        let from = from.unwrap_or_default();
        let mailbox =
            from.parse().map_err(|_| wrong("mail_from", &from, "an address, like 民议 <noreply@minyi.example>"))?;
        Ok(Some(Self { url, from: mailbox }))
    }
}
