//! The rules and the permissions. Both doors — the pages' server functions and `/api/v1` — call it, nothing else does.
//!
//! [`Service`] holds what a use case needs; each use case is one file with one `impl Service` block.
//! Every public method takes the [`Caller`] first, asks [`policy`] before it touches anything, and returns
//! [`types::Problem`] in words that say nothing to an attacker.

mod access;
mod accounts;
mod areas;
mod audit;
mod caller;
mod committee;
mod demonstration;
mod gather;
mod identity;
mod inbox;
mod jobs;
mod mail;
mod notify;
mod ops;
pub mod policy;
mod polls;
mod roles;
mod roll;
mod secrets;
mod text;
mod throttle;
mod world;

use std::sync::{Arc, Mutex, atomic::AtomicI64};

pub use areas::Place;
pub use caller::{Caller, SignedIn};
pub use jobs::{Job, LEASE_MS};
pub use notify::{Fanout, NoticeKind, Recipients};
pub use polls::{AttachedFile, PollJob};
pub use secrets::Secrets;
pub use world::{Clock, Entropy, Mail, Mailer, NoMail, World};

/// The result of every use case.
pub type Result<T> = core::result::Result<T, types::Problem>;

/// What the installation decides for itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where residents reach the portal, without a slash at the end; links in mail and QR codes start with it.
    pub public_url: String,
    /// Votes that may be on their way at one time, from the check to the answer; the next one is told to come back.
    pub votes_waiting: usize,
}

impl Settings {
    /// What `votes_waiting` is unless an installation says otherwise: some 10 MB of ballots.
    pub const VOTES_WAITING: usize = 1024;
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

struct Inner {
    store: Arc<dyn store::Store>,
    world: World,
    secrets: Secrets,
    settings: Settings,
    passwords: accounts::Passwords,
    place: Mutex<Option<(types::Timestamp, Place)>>,
    swept_hour: AtomicI64,
    live: polls::Live,
    sessions: accounts::SessionReads,
}

impl Service {
    /// A service over `store`, with time, randomness and the post from outside.
    #[must_use]
    pub fn new(store: Arc<dyn store::Store>, world: World, secrets: Secrets, settings: Settings) -> Self {
        let live = polls::Live::new(settings.votes_waiting);
        Self(Arc::new(Inner {
            store,
            world,
            secrets,
            settings,
            passwords: accounts::Passwords::default(),
            place: Mutex::default(),
            swept_hour: AtomicI64::new(0),
            live,
            sessions: accounts::session_reads(),
        }))
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> types::Timestamp {
        self.0.world.clock.now()
    }

    /// Where residents reach the portal, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.0.settings.public_url
    }

    pub(crate) fn store(&self) -> &dyn store::Store {
        self.0.store.as_ref()
    }

    pub(crate) fn mailer(&self) -> &dyn Mailer {
        self.0.world.mailer.as_ref()
    }

    pub(crate) fn live(&self) -> &polls::Live {
        &self.0.live
    }

    pub(crate) fn session_reads(&self) -> &accounts::SessionReads {
        &self.0.sessions
    }

    /// The key for one purpose, derived from the installation's secret.
    pub(crate) fn secret(&self, purpose: &str) -> [u8; 32] {
        self.0.secrets.key(purpose)
    }

    /// Fills `bytes` with randomness.
    pub(crate) fn fill_random(&self, bytes: &mut [u8]) {
        self.0.world.entropy.fill(bytes);
    }

    /// A new id: 48 bits of the time, so that indexes grow at one end, and 80 random bits.
    pub(crate) fn new_id(&self) -> [u8; 16] {
        let mut id = [0; 16];
        self.fill_random(&mut id[6..]);
        id[..6].copy_from_slice(&self.now().0.to_be_bytes()[2..]);
        id
    }

    /// True once for each hour in this process.
    pub(crate) fn first_in_hour(&self, hour: i64) -> bool {
        self.0.swept_hour.swap(hour, std::sync::atomic::Ordering::Relaxed) != hour
    }
}
