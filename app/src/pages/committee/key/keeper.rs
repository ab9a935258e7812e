//! Where this browser keeps a clerk's key: as its recovery code, apart for each account.

use crate::pages::polls::device::{self, DeviceRng};
use ballot::{ClerkKey, RecoveryCode};
use types::ids::AccountId;

fn place(account: AccountId) -> String {
    format!("minyi.clerk.{account}")
}

/// A code that nobody has seen; none where there is no randomness, as on the server.
pub(in super::super) fn new_code() -> Option<RecoveryCode> {
    DeviceRng::open().map(|mut rng| RecoveryCode::generate(&mut rng))
}

/// Keeps the key for this account.
pub(in super::super) fn keep(account: AccountId, code: &RecoveryCode) {
    device::write(&place(account), &code.to_string());
}

/// The key that this browser keeps for the account.
pub(in super::super) fn read(account: AccountId) -> Option<ClerkKey> {
    let code: RecoveryCode = device::read(&place(account))?.parse().ok()?;
    Some(code.clerk_key())
}
