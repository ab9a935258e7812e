//! Tries within a window, counted in the database under hashed keys.

use crate::{Result, Service};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use types::{ErrorCode, Problem, Timestamp};

const MINUTE: i64 = 60_000;

/// What is limited, how often in which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Wrong passwords for one login.
    Login,
    /// Wrong sign-ins from one network.
    SignIn,
    /// New accounts from one network.
    SignUp,
    /// Codes tried by one account.
    CodeByAccount,
    /// Codes tried from one network.
    CodeByOrigin,
    /// Tickets typed by one clerk.
    Ticket,
    /// Mails that confirm an address.
    Confirmation,
    /// Ballots of one slot that are opened instead of cast.
    Challenge,
    /// Logins that one clerk names as trustees.
    Trustee,
}

impl Limit {
    /// Name, tries, window. A network may be a whole estate: a provider gives thousands of phones one IPv4 address, and
    /// on the day the letters arrive all of them come within an hour. So networks are bounded against floods only; guessing
    /// is bounded by the login, the account and the household that is guessed at.
    const fn rule(self) -> (&'static str, i64, i64) {
        match self {
            Self::Login => ("login", 10, 15 * MINUTE),
            Self::SignIn => ("sign-in", 100, 15 * MINUTE),
            Self::SignUp => ("sign-up", 300, 60 * MINUTE),
            Self::CodeByAccount => ("code-account", 10, 60 * MINUTE),
            Self::CodeByOrigin => ("code-origin", 300, 60 * MINUTE),
            Self::Ticket => ("ticket", 60, 10 * MINUTE),
            Self::Confirmation => ("confirmation", 5, 60 * MINUTE),
            Self::Challenge => ("challenge", 20, 60 * MINUTE),
            Self::Trustee => ("trustee", 20, 60 * MINUTE),
        }
    }
}

impl Service {
    /// Counts a try; too many are refused with the seconds until the window ends.
    pub(crate) async fn count_try(&self, limit: Limit, key: &str) -> Result<()> {
        let (_, tries, window) = limit.rule();
        let now = self.now();
        let hits = self.store().hit(&self.throttle_key(limit, key), now, window).await?;
        if hits.count <= tries {
            return Ok(());
        }
        Err(self.too_many_until(hits.window_end))
    }

    /// The refusal of one try too many, with the seconds until `end`.
    pub(crate) fn too_many_until(&self, end: Timestamp) -> Problem {
        let seconds = end.since(self.now()).max(1000) / 1000;
        Problem { retry_after: u32::try_from(seconds).ok(), ..ErrorCode::TooManyTries.into() }
    }

    /// Takes back one try, which was none: it succeeded.
    pub(crate) async fn return_try(&self, limit: Limit, key: &str) -> Result<()> {
        Ok(self.store().unhit(&self.throttle_key(limit, key)).await?)
    }

    /// Forgets the tries after a success.
    pub(crate) async fn forgive_tries(&self, limit: Limit, key: &str) -> Result<()> {
        self.store().forgive(&self.throttle_key(limit, key)).await?;
        Ok(())
    }

    /// A network as a throttle key: keyed, so that the database does not tell who was here.
    #[must_use]
    pub fn origin_key(&self, network: &str) -> String {
        data_encoding::HEXLOWER.encode(&self.keyed_hash("origin", network.as_bytes())[..16])
    }

    fn throttle_key(&self, limit: Limit, key: &str) -> Vec<u8> {
        self.keyed_hash(limit.rule().0, key.as_bytes())[..16].to_vec()
    }

    /// HMAC-SHA256 of `data` under the installation's key for `purpose`.
    pub(crate) fn keyed_hash(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret(purpose)).expect("HMAC takes keys of any length");
        mac.update(data);
        mac.finalize().into_bytes().into()
    }
}
