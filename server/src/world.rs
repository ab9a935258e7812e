//! The real clock, the real random source, and the mail server.

use crate::config::{ConfigError, MailConfig};
use async_trait::async_trait;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor, message::header::ContentType};
use secrecy::ExposeSecret as _;
use service::{Clock, Entropy, Mail, Mailer};
use std::{path::PathBuf, time::Duration};
use tokio::time::timeout;
use types::Timestamp;

/// The system's clock, moved by what a file says where one is given.
#[derive(Debug, Default)]
pub struct SystemClock {
    /// Holds milliseconds as text; read anew each time, so that a rehearsal can move on.
    pub offset: Option<PathBuf>,
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the clock that all others are given")]
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let now = Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        let offset = self.offset.as_ref().and_then(|path| std::fs::read_to_string(path).ok());
        now.plus_ms(offset.and_then(|text| text.trim().parse().ok()).unwrap_or(0))
    }
}

/// The operating system's random source.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        #[expect(clippy::disallowed_methods, reason = "this is the source that all others are given")]
        getrandom::fill(bytes).expect("the operating system has a random source; going on without one would be unsafe");
    }
}

/// A mail server that takes longer is tried again later.
const PATIENCE: Duration = Duration::from_secs(10);

/// A mail server reached by SMTP.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: lettre::message::Mailbox,
}

impl Smtp {
    /// Prepares the connection; the first mail opens it.
    ///
    /// # Errors
    /// If the address is not one.
    pub fn new(config: &MailConfig) -> Result<Self, ConfigError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(config.url.expose_secret())
            .map_err(|error| ConfigError(format!("mail_url (MINYI_MAIL_URL): {error}")))?
            .build();
        Ok(Self { transport, from: config.from.clone() })
    }

    fn message(&self, mail: Mail) -> Result<Message, lettre::error::Error> {
        let host = self.from.email.domain().to_owned();
        let address = mail.to.parse().map_err(|_| lettre::error::Error::MissingTo)?;
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(lettre::message::Mailbox::new(None, address))
            .subject(mail.subject)
            .message_id(Some(format!("<{}@{host}>", mail.key)));
        if let Some(unsubscribe) = mail.unsubscribe {
            builder = builder
                .header(ListUnsubscribe(format!("<{unsubscribe}>")))
                .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()));
        }
        builder.header(ContentType::TEXT_PLAIN).body(mail.text)
    }
}

macro_rules! text_header {
    ($name:ident, $text:literal) => {
        #[derive(Clone)]
        struct $name(String);

        impl lettre::message::header::Header for $name {
            fn name() -> lettre::message::header::HeaderName {
                lettre::message::header::HeaderName::new_from_ascii_str($text)
            }
            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }
            fn display(&self) -> lettre::message::header::HeaderValue {
                lettre::message::header::HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}
text_header!(ListUnsubscribe, "List-Unsubscribe");
text_header!(ListUnsubscribePost, "List-Unsubscribe-Post");

#[async_trait]
impl Mailer for Smtp {
    fn is_on(&self) -> bool {
        true
    }

    async fn send(&self, mail: Mail) -> Result<(), String> {
        let message = self.message(mail).map_err(|_| "the message could not be written".to_owned())?;
        let silent = || "the mail server did not answer".to_owned();
        let sent = timeout(PATIENCE, self.transport.send(message)).await.map_err(|_| silent())?;
        // The server's answer may repeat the address; only its code goes on.
        sent.map(drop)
            .map_err(|error| error.status().map_or_else(silent, |code| format!("the mail server answered {code}")))
    }
}
