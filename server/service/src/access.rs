//! Who asks, in the terms of [`crate::policy`].

use crate::{
    Caller, Result, Service,
    policy::{self, Action, Actor},
};
use types::{
    ErrorCode,
    identity::Role,
    ids::{AccountId, AreaId},
};

impl Service {
    /// The caller with all that decides what they may do.
    pub(crate) async fn actor(&self, caller: &Caller) -> Result<Actor> {
        let Some(signed_in) = &caller.account else { return Ok(Actor::default()) };
        let standing = self.store().standing(signed_in.account, self.now()).await?;
        Ok(Actor { account: Some(signed_in.account), home: standing.home, grants: standing.grants })
    }

    /// The caller's account, if they may do `action` in the area at `path`.
    pub(crate) async fn allowed(&self, caller: &Caller, action: Action, path: &str) -> Result<AccountId> {
        let actor = self.actor(caller).await?;
        policy::allow(&actor, action, path)?;
        Ok(actor.account.ok_or(ErrorCode::SignInNeeded)?)
    }

    /// The caller's account, if there is any area in which they may do `action`.
    pub(crate) async fn allowed_somewhere(&self, caller: &Caller, action: Action) -> Result<AccountId> {
        let actor = self.actor(caller).await?;
        let places = actor.grants.iter().map(|(_, path)| path).chain(&actor.home);
        if !places.into_iter().any(|path| policy::allow(&actor, action, path).is_ok()) {
            // Nowhere: the reason is that of a place that does not exist.
            policy::allow(&actor, action, "")?;
        }
        Ok(actor.account.ok_or(ErrorCode::SignInNeeded)?)
    }

    /// The caller's account, whoever it is.
    pub(crate) fn signed_in(&self, caller: &Caller) -> Result<AccountId> {
        Ok(caller.account.as_ref().ok_or(ErrorCode::SignInNeeded)?.account)
    }

    /// Whether the caller may do `action` in an area: for showing and hiding.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn may(&self, caller: &Caller, action: Action, area: AreaId) -> Result<bool> {
        let Some(area) = self.store().area(area).await? else { return Ok(false) };
        Ok(policy::allow(&self.actor(caller).await?, action, &area.path).is_ok())
    }

    /// The roles that the caller may grant in an area.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn grantable_roles(&self, caller: &Caller, area: AreaId) -> Result<Vec<Role>> {
        let Some(area) = self.store().area(area).await? else { return Ok(Vec::new()) };
        let actor = self.actor(caller).await?;
        let may = |role: &Role| policy::allow(&actor, Action::GrantRole(*role), &area.path).is_ok();
        Ok(Role::ALL.into_iter().filter(may).collect())
    }
}
