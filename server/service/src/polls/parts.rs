//! Who is who in a poll.

use super::convert::small;
use crate::{Caller, Result, Service, policy::Action};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use store::polls::{DraftRecord, PollRecord, RoleInPoll};
use types::{
    ErrorCode,
    ids::{AccountId, PersonId, PollId},
};

/// The parts an account has in a poll.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts {
    /// Number among the trustees, from 1.
    pub(super) trustee: Option<u8>,
    /// Place among the manifest's clerks, from 0.
    pub(super) clerk: Option<u8>,
}

impl Service {
    /// The signed-in account and its verified person.
    pub(super) fn voter(&self, caller: &Caller) -> Result<(AccountId, PersonId)> {
        let account = caller.account.as_ref().ok_or(ErrorCode::SignInNeeded)?;
        let person = account.person.ok_or(ErrorCode::VerificationNeeded)?;
        Ok((account.account, person))
    }

    /// The caller's parts in a poll; none if signed out.
    pub(super) async fn parts(&self, caller: &Caller, poll: PollId) -> Result<Parts> {
        let mut parts = Parts::default();
        let Some(account) = &caller.account else { return Ok(parts) };
        for role in self.store().roles_in_poll(poll, account.account).await? {
            match role {
                RoleInPoll::Trustee(n) => parts.trustee = Some(small(n)),
                RoleInPoll::Clerk(n) => parts.clerk = Some(small(n)),
            }
        }
        Ok(parts)
    }

    /// The poll's row if the caller may do `action` in its area.
    pub(super) async fn managed(
        &self,
        caller: &Caller,
        poll: PollId,
        action: Action,
    ) -> Result<(AccountId, DraftRecord)> {
        let record = self.store().draft_record(poll).await?;
        // Whoever may not see it learns nothing about whether there is one.
        let Some(record) = record else {
            caller.account.as_ref().ok_or(ErrorCode::SignInNeeded)?;
            return Err(ErrorCode::NotFound.into());
        };
        let account = self.allowed(caller, action, &record.area_path).await?;
        Ok((account, record))
    }

    /// A published poll.
    pub(super) async fn published(&self, poll: PollId) -> Result<PollRecord> {
        Ok(self.store().poll(poll, None).await?.ok_or(ErrorCode::NotFound)?)
    }

    /// Randomness for protocols that take a generator.
    pub(super) fn rng(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.random32())
    }

    pub(super) fn random32(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        self.fill_random(&mut seed);
        seed
    }
}
