//! The rules and the permissions. Both doors — the pages' server functions and `/api/v1` — call it, nothing else does.
//!
//! [`Service`] holds what a use case needs; each use case is one file with one `impl Service` block.
//! Every public method takes the [`Caller`] first, asks [`policy`] before it touches anything, and returns
//! [`types::Problem`] in words that say nothing to an attacker.

mod caller;
mod committee;
mod polls;
mod secrets;
mod stubs;
mod world;

use std::sync::Arc;

pub use caller::Caller;
pub use secrets::Secrets;
pub use world::{Clock, Entropy};

/// The result of every use case.
pub type Result<T> = core::result::Result<T, types::Problem>;

/// What the installation decides for itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where residents reach the portal, without a slash at the end; links in mail and QR codes start with it.
    pub public_url: String,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

struct Inner {
    store: Arc<dyn store::Store>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    secrets: Secrets,
    settings: Settings,
}

impl Service {
    /// A service over `store`, with time and randomness from outside.
    #[must_use]
    pub fn new(
        store: Arc<dyn store::Store>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        secrets: Secrets,
        settings: Settings,
    ) -> Self {
        Self(Arc::new(Inner {
            store,
            clock,
            entropy,
            secrets,
            settings,
        }))
    }
}
