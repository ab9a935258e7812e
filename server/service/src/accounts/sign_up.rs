//! A new account.

use super::session::Fresh;
use crate::{Caller, Result, Service, text, throttle::Limit};
use store::{NewAccount, StoreError};
use types::{
    ErrorCode, Problem,
    identity::{NewSession, SignUp},
    ids::AccountId,
};

impl Service {
    /// Makes an account and signs it in.
    ///
    /// # Errors
    /// `Invalid` with the fields; `LoginTaken`, which a name that people choose cannot hide and the throttle makes slow to
    /// exploit; `TooManyTries`.
    pub async fn sign_up(&self, caller: &Caller, form: SignUp) -> Result<NewSession> {
        let login = text::login(&form.login).map_err(|reason| Problem::field("login", reason))?;
        let language = language(&form.language)?;
        self.count_try(Limit::SignUp, &caller.origin).await?;
        let password_hash = self.new_password(&login, &form.password, "password").await?;
        let account = NewAccount { id: AccountId(self.new_id()), login, password_hash, language, at: self.now() };
        let Fresh { row, answer } = self.fresh_session(account.id, caller);
        let entry = self.entry(Some(account.id), "sign-up", &format!("account:{}", account.id), None);
        self.store().create_account(&account, Some(&row), &entry).await.map_err(login_taken)?;
        Ok(answer)
    }
}

/// A known language tag.
pub(super) fn language(tag: &str) -> Result<String> {
    match tag {
        "zh-Hans" | "zh-Hant" | "en" => Ok(tag.to_owned()),
        _ => Err(Problem::field("language", "unknown")),
    }
}

pub(crate) fn login_taken(error: StoreError) -> Problem {
    match error {
        StoreError::Conflict(name) if name == "accounts_login" => ErrorCode::LoginTaken.into(),
        other => other.into(),
    }
}
