//! Who asks.

use types::ids::{AccountId, PersonId, SessionId};

/// Who asks, as the door found out; what they may do is [`crate::policy`]'s business.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// The signed-in account, if any.
    pub account: Option<SignedIn>,
    /// The network address as a throttle key, already shortened (/32, /64) and hashed; never stored with a person.
    pub origin: String,
    /// What the device calls itself, for the list of sessions; at most 200 characters.
    pub device: String,
}

/// A signed-in account.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session in use.
    pub session: SessionId,
    /// The account.
    pub account: AccountId,
    /// The verified person on the roll, if verified and not expired.
    pub person: Option<PersonId>,
}
