//! Time, randomness and the post, as parameters.

use async_trait::async_trait;
use std::sync::Arc;
use types::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A source of bytes nobody can predict.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `bytes`; never fails, or the process ends.
    fn fill(&self, bytes: &mut [u8]);
}

/// An e-mail in plain text.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address, already checked.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text, lines ended by `\n`.
    pub text: String,
    /// Where one click ends such mail (RFC 8058), if it can be ended.
    pub unsubscribe: Option<String>,
    /// The same for the same message, so that a second delivery is seen as one (`Message-ID`).
    pub key: String,
}

/// Hands mail to a mail server.
#[async_trait]
pub trait Mailer: Send + Sync + 'static {
    /// Whether a mail server is configured; without one, no mail is promised to anyone.
    fn is_on(&self) -> bool;

    /// Delivers `mail` to the mail server.
    ///
    /// # Errors
    /// Why not, without addresses: to be tried again later.
    async fn send(&self, mail: Mail) -> core::result::Result<(), String>;
}

/// What the use cases need of the world outside.
#[derive(Clone)]
pub struct World {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The post.
    pub mailer: Arc<dyn Mailer>,
}

/// A mailer for installations without a mail server.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMail;

#[async_trait]
impl Mailer for NoMail {
    fn is_on(&self) -> bool {
        false
    }

    async fn send(&self, _mail: Mail) -> core::result::Result<(), String> {
        Err("no mail server is configured".to_owned())
    }
}
