//! What the operator and the machinery need.

use crate::{Result, Service, policy::Action};
use store::{AuditEntry, NewAccount};
use types::{
    ErrorCode, Problem,
    identity::{Role, RoleView},
    ids::{AccountId, AreaId},
};

/// The area above all others: who runs the installation holds a role here.
pub(crate) const ROOT: AreaId = AreaId([0; 16]);

impl Service {
    /// Whether the database answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ready(&self) -> Result<()> {
        Ok(self.store().ping().await?)
    }

    /// Whether the database belongs to this installation's secret; an unused one does from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_database(&self) -> Result<bool> {
        Ok(self.store().pin_key(&self.secret("fingerprint")).await?)
    }

    /// Makes an operator of the whole installation: for the command line of the server, never for a page.
    ///
    /// # Errors
    /// `Invalid` with the fields; `LoginTaken`.
    pub async fn create_operator(&self, login: &str, password: &str) -> Result<AccountId> {
        let login = crate::text::login(login).map_err(|reason| Problem::field("login", reason))?;
        let password_hash = self.new_password(&login, password, "password").await?;
        let now = self.now();
        let account =
            NewAccount { id: AccountId(self.new_id()), login, password_hash, language: "zh-Hans".to_owned(), at: now };
        let entry = self.entry(None, "create-operator", &format!("account:{}", account.id), None);
        self.store().create_account(&account, None, &entry).await.map_err(crate::accounts::login_taken)?;
        let notice = crate::Fanout::new(crate::Recipients::Accounts(vec![account.id]), crate::NoticeKind::RoleGranted);
        let notice = self.notice_job(notice.arg("area", "").arg("role", Role::Operator.as_str()), None);
        let entry = self.entry(None, "grant-role", &format!("account:{}", account.id), None);
        self.store().grant_role(account.id, Role::Operator, ROOT, None, &entry, &notice).await?;
        Ok(account.id)
    }

    /// Who runs the whole installation, by login, with the moment of the grant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operators(&self) -> Result<Vec<RoleView>> {
        let grants = self.store().roles_below("/").await?.into_iter();
        let operators = grants.filter(|grant| grant.area == ROOT && grant.role == Role::Operator);
        Ok(operators.map(|grant| crate::roles::view(grant, false)).collect())
    }

    /// Takes the whole installation out of an operator's hands; the account stays, with its other roles.
    ///
    /// # Errors
    /// `NotFound` if there is no such operator.
    pub async fn revoke_operator(&self, login: &str) -> Result<()> {
        let login = crate::text::login(login).map_err(|_| ErrorCode::NotFound)?;
        let account = self.store().account_by_login(&login).await?.ok_or(ErrorCode::NotFound)?.id;
        let mut entry = self.entry(None, "revoke-role", &format!("account:{account}"), None);
        entry.detail = format!(r#"{{"role":"{}"}}"#, Role::Operator.as_str());
        let held = self.store().revoke_role(account, Role::Operator, ROOT, &entry).await?;
        if held { Ok(()) } else { Err(ErrorCode::NotFound.into()) }
    }

    /// An audit entry of this moment.
    pub(crate) fn entry(
        &self,
        actor: Option<AccountId>,
        action: &str,
        object: &str,
        area: Option<AreaId>,
    ) -> AuditEntry {
        AuditEntry {
            at: self.now(),
            actor,
            action: action.to_owned(),
            object: object.to_owned(),
            area,
            detail: String::new(),
        }
    }

    /// Forgets what is over: sessions, throttles, tickets, rolls uploaded a week ago and not applied, jobs done a month ago.
    pub(crate) async fn sweep(&self) -> Result<()> {
        const WEEK_MS: i64 = 7 * 86_400_000;
        const MONTH_MS: i64 = 30 * 86_400_000;
        let now = self.now();
        self.store().sweep(now).await?;
        self.store().sweep_imports(now.plus_ms(-WEEK_MS)).await?;
        while self.store().sweep_jobs(now.plus_ms(-MONTH_MS), 1000).await? == 1000 {}
        Ok(())
    }

    /// A name for a process in the leases of background work.
    #[must_use]
    pub fn random_name(&self) -> String {
        self.new_code(16)
    }

    /// How many jobs are due and not done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn jobs_waiting(&self) -> Result<i64> {
        Ok(self.store().jobs_waiting(self.now()).await?)
    }

    /// Makes sure that an id in an action's way is an area, and the caller may do the action there; who, and the area.
    pub(crate) async fn allowed_in(
        &self,
        caller: &crate::Caller,
        action: Action,
        area: AreaId,
    ) -> Result<(AccountId, store::Area)> {
        let found = self.store().area(area).await?;
        let Some(found) = found.filter(|area| area.id != ROOT) else {
            caller.account.as_ref().ok_or(ErrorCode::SignInNeeded)?;
            return Err(ErrorCode::NotFound.into());
        };
        let account = self.allowed(caller, action, &found.path).await?;
        Ok((account, found))
    }
}
