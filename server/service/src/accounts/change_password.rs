//! A new password.

use crate::{Caller, Result, Service, throttle::Limit};
use types::{ErrorCode, Problem, identity::ChangePassword};

impl Service {
    /// Replaces the password; every other session ends.
    ///
    /// # Errors
    /// `Invalid` with the field (`current`: wrong); `TooManyTries`.
    pub async fn change_password(&self, caller: &Caller, form: ChangePassword) -> Result<()> {
        let signed_in = caller.account.as_ref().ok_or(ErrorCode::SignInNeeded)?;
        let account = self.store().account(signed_in.account).await?.ok_or(ErrorCode::SignInNeeded)?;
        self.count_try(Limit::Login, &account.login).await?;
        if !self.password_fits(Some(&account.password_hash), &form.current).await? {
            return Err(Problem::field("current", "password_wrong"));
        }
        let hash = self.new_password(&account.login, &form.new, "new").await?;
        let entry = self.entry(Some(account.id), "change-password", &format!("account:{}", account.id), None);
        self.store().set_password(account.id, &hash, Some(signed_in.session), &entry).await?;
        self.forgive_tries(Limit::Login, &account.login).await
    }
}
