//! Granting, revoking and listing roles.

use crate::{Caller, Fanout, NoticeKind, Recipients, Result, Service, policy::Action, text};
use store::Grant;
use types::{
    ErrorCode, Problem,
    identity::{Role, RoleGrant, RoleView},
    ids::{AccountId, AreaId},
};

impl Service {
    /// Who holds which role in an area and below.
    ///
    /// # Errors
    /// What the policy says.
    pub async fn roles(&self, caller: &Caller, area: AreaId) -> Result<Vec<RoleView>> {
        let (_, area) = self.allowed_in(caller, Action::ReadRoles, area).await?;
        Ok(self.store().roles_below(&area.path).await?.into_iter().map(|grant| view(grant, true)).collect())
    }

    /// Gives somebody a role; nothing changes if they hold it.
    ///
    /// # Errors
    /// `Invalid` with the field; what the policy says.
    pub async fn grant_role(&self, caller: &Caller, form: RoleGrant) -> Result<()> {
        let (by, area) = self.allowed_in(caller, Action::GrantRole(form.role), form.area).await?;
        let login = text::login(&form.login).map_err(|reason| Problem::field("login", reason))?;
        let account =
            self.store().account_by_login(&login).await?.ok_or_else(|| Problem::field("login", "no_account"))?;
        let mut entry = self.entry(Some(by), "grant-role", &format!("account:{}", account.id), Some(area.id));
        entry.detail = format!(r#"{{"role":"{}"}}"#, form.role.as_str());
        let notice = Fanout::new(Recipients::Accounts(vec![account.id]), NoticeKind::RoleGranted)
            .arg("area", &area.name)
            .arg("role", form.role.as_str());
        let notice = self.notice_job(notice, None);
        self.store().grant_role(account.id, form.role, area.id, Some(by), &entry, &notice).await?;
        Ok(())
    }

    /// Takes a role away.
    ///
    /// # Errors
    /// `NotFound` if it is not held; what the policy says.
    pub async fn revoke_role(&self, caller: &Caller, account: AccountId, role: Role, area: AreaId) -> Result<()> {
        let (by, area) = self.allowed_in(caller, Action::GrantRole(role), area).await?;
        let mut entry = self.entry(Some(by), "revoke-role", &format!("account:{account}"), Some(area.id));
        entry.detail = format!(r#"{{"role":"{}"}}"#, role.as_str());
        if self.store().revoke_role(account, role, area.id, &entry).await? {
            Ok(())
        } else {
            Err(ErrorCode::NotFound.into())
        }
    }
}

/// A role as shown, the login masked for others.
pub(crate) fn view(grant: Grant, mask: bool) -> RoleView {
    RoleView {
        account: grant.account,
        login: if mask { text::masked(&grant.login) } else { grant.login },
        name: grant.name,
        role: grant.role,
        area: grant.area,
        area_name: grant.area_name,
        granted_at: grant.granted_at,
    }
}
