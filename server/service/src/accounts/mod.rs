//! Accounts and their sessions: one use case per file.

mod change_password;
mod me;
mod password;
mod session;
mod sessions;
mod sign_in;
mod sign_up;

pub(crate) use me::address;
pub(crate) use password::Passwords;
pub(crate) use session::{SessionReads, session_reads};
pub(crate) use sign_up::login_taken;
