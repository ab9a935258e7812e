//! Mail in the account's language: a notice, or the link that confirms an address. The words are in `service/mail/`.

use crate::{Mail, Result, Service};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};
use subtle::ConstantTimeEq as _;
use types::{
    ErrorCode, Timestamp,
    ids::{AccountId, NoticeId},
};

/// A link that confirms an address works so long.
const LINK_MS: i64 = 3 * 86_400_000;

#[derive(Deserialize)]
struct Words {
    confirm: Letter,
    footer: String,
    notices: HashMap<String, Letter>,
}

#[derive(Deserialize)]
struct Letter {
    subject: String,
    text: String,
}

static WORDS: LazyLock<[(&str, Words); 3]> = LazyLock::new(|| {
    [
        ("zh-Hans", include_str!("../mail/zh-Hans.json")),
        ("zh-Hant", include_str!("../mail/zh-Hant.json")),
        ("en", include_str!("../mail/en.json")),
    ]
    .map(|(language, json)| (language, serde_json::from_str(json).expect("a test reads all three")))
});

fn words(language: &str) -> &'static Words {
    let found = WORDS.iter().find(|(known, _)| *known == language);
    &found.unwrap_or(&WORDS[0]).1
}

/// Puts values in place of `{name}`, once, so that a value cannot ask for another.
fn fill(text: &str, args: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        out.push_str(before);
        out.push_str(args.get(name).map_or("", String::as_str));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A subject is one line, whatever a title holds; its punctuation stays as it was written.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(120).collect()
}

impl Service {
    /// Mails a notice, if its account still wants mail at a confirmed address.
    pub(crate) async fn mail_notice(&self, notice: NoticeId) -> Result<()> {
        let Some(found) = self.store().notice_mail(notice).await? else { return Ok(()) };
        let words = words(&found.language);
        let Some(letter) = words.notices.get(&found.notice.kind) else { return Ok(()) };
        let mut args: BTreeMap<String, String> = serde_json::from_str(&found.notice.args).unwrap_or_default();
        let page = found.notice.poll.map_or("/me/notices".to_owned(), |poll| format!("/polls/{poll}"));
        args.insert("url".to_owned(), format!("{}{page}", self.public_url()));
        let token = self.link_token("unsubscribe", found.notice.account, "", Timestamp(0));
        let unsubscribe = format!("{}/mail/unsubscribe?token={token}", self.public_url());
        args.insert("unsubscribe".to_owned(), unsubscribe.clone());
        self.post(Mail {
            to: found.email,
            subject: line(&fill(&letter.subject, &args)),
            text: format!("{}\n\n{}\n", fill(&letter.text, &args), fill(&words.footer, &args)),
            unsubscribe: Some(unsubscribe),
            key: notice.to_string(),
        })
        .await
    }

    /// Mails the link that confirms the account's address.
    pub(crate) async fn mail_confirmation(&self, account: AccountId) -> Result<()> {
        let Some(found) = self.store().account(account).await? else { return Ok(()) };
        if found.email.is_empty() || found.email_confirmed_at.is_some() {
            return Ok(());
        }
        let until = self.now().plus_ms(LINK_MS);
        let token = self.link_token("confirm-email", account, &found.email, until);
        let words = words(&found.language);
        let url = format!("{}/mail/confirm?token={token}", self.public_url());
        let args = BTreeMap::from([("url".to_owned(), url)]);
        self.post(Mail {
            to: found.email,
            subject: line(&fill(&words.confirm.subject, &args)),
            text: format!("{}\n", fill(&words.confirm.text, &args)),
            unsubscribe: None,
            key: format!("confirm-{}", &token[..16]),
        })
        .await
    }

    async fn post(&self, mail: Mail) -> Result<()> {
        self.mailer().send(mail).await.map_err(|reason| {
            tracing::warn!(reason, "mail was not taken");
            ErrorCode::Busy.into()
        })
    }

    /// Confirms the address that the link was sent to.
    ///
    /// # Errors
    /// `CodeExpired` if the link is too old, not ours, or for an address that was changed since.
    pub async fn confirm_email(&self, token: &str) -> Result<()> {
        let (account, until) = read_token(token)?;
        let found = self.store().account(account).await?.ok_or(ErrorCode::CodeExpired)?;
        self.check_token("confirm-email", account, &found.email, until, token)?;
        if until > self.now() && self.store().confirm_email(account, &found.email, self.now()).await? {
            Ok(())
        } else {
            Err(ErrorCode::CodeExpired.into())
        }
    }

    /// Ends mail for the account that the link belongs to; works without signing in (RFC 8058).
    ///
    /// # Errors
    /// `CodeExpired` if the link is not ours.
    pub async fn unsubscribe(&self, token: &str) -> Result<()> {
        let (account, until) = read_token(token)?;
        self.check_token("unsubscribe", account, "", until, token)?;
        Ok(self.store().unsubscribe(account).await?)
    }

    /// Account, end, and a keyed hash of them with the purpose and address: nothing to store, nothing to guess.
    fn link_token(&self, purpose: &str, account: AccountId, address: &str, until: Timestamp) -> String {
        let head = [account.as_bytes(), &until.0.to_be_bytes()].concat();
        let mac = self.keyed_hash(purpose, &[&head, address.as_bytes()].concat());
        BASE64URL_NOPAD.encode(&[&head, &mac[..]].concat())
    }

    fn check_token(
        &self,
        purpose: &str,
        account: AccountId,
        address: &str,
        until: Timestamp,
        token: &str,
    ) -> Result<()> {
        let ours = self.link_token(purpose, account, address, until);
        if bool::from(ours.as_bytes().ct_eq(token.as_bytes())) { Ok(()) } else { Err(ErrorCode::CodeExpired.into()) }
    }
}

/// The account and the end that a link names; whether it is ours is another question.
fn read_token(token: &str) -> Result<(AccountId, Timestamp)> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).map_err(|_| ErrorCode::CodeExpired)?;
    let bytes: [u8; 56] = bytes.try_into().map_err(|_| ErrorCode::CodeExpired)?;
    let (account, rest) = bytes.split_at(16);
    let account = AccountId::try_from(account).map_err(|_| ErrorCode::CodeExpired)?;
    let until = rest.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes));
    Ok((account, Timestamp(until)))
}

/// Whether it can be an address: one @, something before it, a dotted host after it, no white space, at most 254 characters.
pub(crate) fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    text.len() <= 254
        && !local.is_empty()
        && local.chars().all(plain)
        && host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NoticeKind;

    #[test]
    fn every_notice_has_words_in_every_language() {
        for (language, words) in WORDS.iter() {
            for kind in NoticeKind::ALL {
                let letter =
                    words.notices.get(kind.as_str()).unwrap_or_else(|| panic!("{language}: {}", kind.as_str()));
                assert!(!letter.subject.is_empty() && letter.text.contains("{url}"), "{language}: {}", kind.as_str());
            }
            assert_eq!(words.notices.len(), NoticeKind::ALL.len(), "{language}");
            assert!(words.confirm.text.contains("{url}") && words.footer.contains("{unsubscribe}"), "{language}");
        }
    }

    #[test]
    fn a_value_is_put_in_as_it_is() {
        let args = BTreeMap::from([("title".to_owned(), "{url}".to_owned()), ("url".to_owned(), "x".to_owned())]);
        assert_eq!(fill("“{title}” {url} {none}.", &args), "“{url}” x .");
        assert_eq!(line("a\r\nBcc: b@c.d\u{7}"), "a Bcc: b@c.d");
        assert_eq!(line("投票结果：好"), "投票结果：好");
    }

    #[test]
    fn addresses_are_addresses() {
        for good in ["a@b.cn", "li.fang+x@mail.example.com", "李@例子.中国"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.c", "a@b..c", "a b@c.d", "a@b.c\nBcc: x@y.z", "<a@b.c>", "a@@b.c"] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
