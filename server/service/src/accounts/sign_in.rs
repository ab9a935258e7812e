//! Signing in.

use super::session::Fresh;
use crate::{Caller, Result, Service, text, throttle::Limit};
use types::{
    ErrorCode,
    identity::{NewSession, SignIn},
};

impl Service {
    /// Signs a device in. An unknown login costs the same work and gets the same answer as a wrong password.
    ///
    /// # Errors
    /// `WrongCredentials`, `TooManyTries`.
    pub async fn sign_in(&self, caller: &Caller, form: SignIn) -> Result<NewSession> {
        self.count_try(Limit::SignIn, &caller.origin).await?;
        // A login that cannot exist is counted and answered like one that might.
        let login = text::login(&form.login).unwrap_or_else(|_| "?".to_owned());
        self.count_try(Limit::Login, &login).await?;
        let account = self.store().account_by_login(&login).await?;
        let fits =
            self.password_fits(account.as_ref().map(|account| account.password_hash.as_str()), &form.password).await?;
        let account = account.filter(|_| fits).ok_or(ErrorCode::WrongCredentials)?;
        self.forgive_tries(Limit::Login, &login).await?;
        // Only this one: whoever has an account could else wipe out the wrong tries at others'.
        self.return_try(Limit::SignIn, &caller.origin).await?;
        let Fresh { row, answer } = self.fresh_session(account.id, caller);
        self.store().create_session(&row).await?;
        Ok(answer)
    }
}
