//! Who can be a trustee: whoever has a role for the area, and any verified resident whom the clerk names by login, be it of
//! this community or of a neighbouring one.

use crate::{Caller, Result, Service, policy::Action, text, throttle::Limit};
use store::{Account, polls::TrusteeRecord};
use types::{
    Problem,
    ids::PollId,
    polls::{KeyDraft, PollDraft, TrusteeChoice},
};

impl Service {
    /// The verified resident with this login, to be made a trustee.
    ///
    /// # Errors
    /// `login: no-trustee` where there is none, or nobody who is verified: which of both is not told. `TooManyTries` after 20
    /// within an hour.
    pub async fn trustee_by_login(&self, caller: &Caller, poll: PollId, login: &str) -> Result<TrusteeChoice> {
        let (by, record, _) = self.open_draft(caller, poll, Action::DraftPoll).await?;
        self.count_try(Limit::Trustee, &by.to_string()).await?;
        let login = text::login(login).map_err(|reason| Problem::field("login", reason))?;
        let account = self.store().account_by_login(&login).await?;
        let found = match account {
            Some(account) => self.verified_trustee(&account).await?,
            None => None,
        };
        let found = found.ok_or_else(|| Problem::field("login", "no-trustee"))?;
        // Who it is can be of another community: it is written down that this name was asked for.
        let object = format!("account:{}", found.account);
        self.store().audit(&self.entry(Some(by), "name-trustee", &object, Some(record.area))).await?;
        Ok(TrusteeChoice { account: found.account, name: found.name, supervisor: found.supervisor })
    }

    /// Everybody who can be chosen for this draft, those it names already included.
    pub(super) async fn trustees_for(&self, path: &str, draft: &PollDraft) -> Result<Vec<TrusteeRecord>> {
        let mut choices = self.store().trustee_choices(path).await?;
        let KeyDraft::Trustees { accounts, .. } = &draft.key else { return Ok(choices) };
        for named in accounts {
            if choices.iter().all(|choice| choice.account != *named)
                && let Some(account) = self.store().account(*named).await?
                && let Some(found) = self.verified_trustee(&account).await?
            {
                choices.push(found);
            }
        }
        Ok(choices)
    }

    async fn verified_trustee(&self, account: &Account) -> Result<Option<TrusteeRecord>> {
        let who = self.identity(account).await?;
        Ok(who.map(|who| TrusteeRecord { account: account.id, name: who.name, supervisor: false }))
    }
}
