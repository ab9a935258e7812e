//! Time and randomness, as parameters.

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
