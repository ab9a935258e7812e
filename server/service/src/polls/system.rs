//! The system key: the server is the only trustee. Its code follows from the installation's secret and the poll, so
//! that nothing is stored and every node has it.

use super::convert::refused;
use crate::{Result, Service};
use ballot::{Manifest, RecoveryCode, Trustee, TrusteeError, board::Course};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use types::{ErrorCode, Problem, ids::PollId};

impl Service {
    /// The server as trustee 1 of a poll with a system key.
    pub(super) fn system_trustee(&self, poll: PollId, manifest: &Manifest) -> Result<Trustee> {
        let mut rng = ChaCha20Rng::from_seed(self.secret(&format!("poll key {poll}")));
        Trustee::new(&RecoveryCode::generate(&mut rng), manifest, 1).map_err(refused)
    }

    /// The whole ceremony of a system key, after the manifest.
    pub(super) fn system_ceremony(&self, poll: PollId, course: &mut Course) -> Result<Vec<Vec<u8>>> {
        let manifest = course.manifest().cloned().ok_or(ErrorCode::Internal)?;
        let trustee = self.system_trustee(poll, &manifest)?;
        let mut entries = Vec::new();
        let mut take = |bytes: Vec<u8>, course: &mut Course| -> Result<()> {
            let checked = course.check(&bytes).map_err(refused)?;
            course.apply(&checked, entries.len() as u64 + 1).map_err(refused)?;
            entries.push(bytes);
            Ok(())
        };
        take(trustee.commit(), course)?;
        take(trustee.reveal(course).map_err(failed)?, course)?;
        take(trustee.confirm(course).map_err(failed)?, course)?;
        take(trustee.rehearse(course).map_err(failed)?, course)?;
        Ok(entries)
    }
}

/// The server's own part does not work: nothing that a caller could mend.
pub(super) fn failed(error: TrusteeError) -> Problem {
    tracing::error!(error = error.code(), "the system key does not work");
    ErrorCode::Internal.into()
}
