//! Seeing and ending sessions.

use crate::{Caller, Result, Service};
use types::{ErrorCode, identity::SessionView, ids::SessionId};

impl Service {
    /// The caller's signed-in devices, the last used first.
    ///
    /// # Errors
    /// `SignInNeeded`.
    pub async fn sessions(&self, caller: &Caller) -> Result<Vec<SessionView>> {
        let account = self.signed_in(caller)?;
        let here = caller.account.as_ref().map(|signed_in| signed_in.session);
        let sessions = self.store().sessions(account, self.now()).await?;
        Ok(sessions
            .into_iter()
            .map(|session| SessionView {
                current: here == Some(session.id),
                id: session.id,
                device: session.device,
                created_at: session.created_at,
                seen_at: session.seen_at,
            })
            .collect())
    }

    /// Ends the session in use; nothing happens without one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, caller: &Caller) -> Result<()> {
        if let Some(signed_in) = &caller.account {
            self.store().end_session(signed_in.account, signed_in.session).await?;
        }
        Ok(())
    }

    /// Ends one of the caller's sessions.
    ///
    /// # Errors
    /// `SignInNeeded`, `NotFound`.
    pub async fn end_session(&self, caller: &Caller, session: SessionId) -> Result<()> {
        let account = self.signed_in(caller)?;
        if self.store().end_session(account, session).await? { Ok(()) } else { Err(ErrorCode::NotFound.into()) }
    }

    /// Ends all of the caller's sessions but the one in use.
    ///
    /// # Errors
    /// `SignInNeeded`.
    pub async fn end_other_sessions(&self, caller: &Caller) -> Result<()> {
        let signed_in = caller.account.as_ref().ok_or(ErrorCode::SignInNeeded)?;
        Ok(self.store().end_sessions(signed_in.account, Some(signed_in.session)).await?)
    }
}
