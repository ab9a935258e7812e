//! A lost account: its verification is taken back, so that the person can verify another one.

use crate::{Caller, Result, Service, policy::Action};
use types::{ErrorCode, ids::PersonId};

impl Service {
    /// Takes the verification away from whichever account has it, and tells that account.
    ///
    /// # Errors
    /// `NotFound` if nobody is verified as that person; what the policy says.
    pub async fn release_verification(&self, caller: &Caller, person: PersonId) -> Result<()> {
        let found = self.store().person(person, self.now()).await?;
        let Some(found) = found else {
            self.signed_in(caller)?;
            return Err(ErrorCode::NotFound.into());
        };
        let clerk = self.allowed(caller, Action::ReleaseVerification, &found.path).await?;
        let entry = self.entry(Some(clerk), "release-verification", &format!("person:{person}"), Some(found.area));
        let account = self.store().release_person(person, &entry).await?.ok_or(ErrorCode::NotFound)?;
        self.tell_released(account).await
    }
}
