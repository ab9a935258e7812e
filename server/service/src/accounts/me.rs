//! The account as its owner sees it, and what they decide about mail.

use super::sign_up::language;
use crate::{Caller, Result, Service, jobs::Job, roles, throttle::Limit};
use store::Account;
use types::{
    ErrorCode, Problem,
    identity::{Identity, MailSettings, Me},
};

impl Service {
    /// The caller's own account.
    ///
    /// # Errors
    /// `SignInNeeded`.
    pub async fn me(&self, caller: &Caller) -> Result<Me> {
        let id = self.signed_in(caller)?;
        let account = self.store().account(id).await?.ok_or(ErrorCode::SignInNeeded)?;
        let roles = self.store().roles_of(id).await?.into_iter().map(|grant| roles::view(grant, false)).collect();
        let unread = u32::try_from(self.store().unread(id).await?).unwrap_or(u32::MAX);
        Ok(Me {
            account: id,
            identity: self.identity(&account).await?,
            login: account.login,
            language: account.language,
            email_confirmed: account.email_confirmed_at.is_some(),
            email: Some(account.email).filter(|email| !email.is_empty()),
            mail_wanted: account.mail_wanted,
            roles,
            unread,
        })
    }

    /// Who the account is verified as, unless that has expired.
    pub(crate) async fn identity(&self, account: &Account) -> Result<Option<Identity>> {
        let now = self.now();
        let (Some(person), Some(verified_at), Some(valid_until)) =
            (account.person, account.verified_at, account.verified_until)
        else {
            return Ok(None);
        };
        let Some(person) = self.store().person(person, now).await?.filter(|_| valid_until > now) else {
            return Ok(None);
        };
        let mut area_names: Vec<String> =
            self.store().areas_above(&person.path).await?.into_iter().map(|area| area.name).collect();
        area_names.pop();
        Ok(Some(Identity {
            person: person.id,
            address: address(&person.building, &person.unit, &person.room),
            name: person.name,
            area: person.area,
            area_names,
            verified_at,
            valid_until,
        }))
    }

    /// Sets address, language and whether mail is wanted. A new address gets a link to confirm it.
    ///
    /// # Errors
    /// `Invalid` with the field; `TooManyTries`.
    pub async fn set_mail(&self, caller: &Caller, form: MailSettings) -> Result<()> {
        let id = self.signed_in(caller)?;
        let language = language(&form.language)?;
        let email = crate::text::clean(&form.email);
        if !email.is_empty() && !crate::mail::is_address(&email) {
            return Err(Problem::field("email", "email"));
        }
        let account = self.store().account(id).await?.ok_or(ErrorCode::SignInNeeded)?;
        let ask = !email.is_empty() && (email != account.email || account.email_confirmed_at.is_none());
        if ask {
            self.count_try(Limit::Confirmation, &id.to_string()).await?;
        }
        let confirmation = ask.then(|| self.job_row(&Job::MailConfirmation { account: id }, self.now(), None));
        Ok(self.store().set_mail(id, &email, form.mail_wanted, &language, confirmation.as_ref()).await?)
    }
}

/// 3-2-401: building, unit, room, as they are written on letter boxes.
pub(crate) fn address(building: &str, unit: &str, room: &str) -> String {
    [building, unit, room].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
