//! At the desk: the resident shows a ticket, the clerk sees the identity card and decides who they are.

use super::Decision;
use crate::{Caller, Result, Service, policy::Action, text, throttle::Limit};
use store::{Account, Proof};
use types::{
    ErrorCode,
    identity::{DeskApplicant, DeskTicket, DeskVerify, Identity},
};

/// A ticket works so long.
const TICKET_MS: i64 = 10 * 60_000;

impl Service {
    /// A ticket to show at the desk; an earlier one stops working.
    ///
    /// # Errors
    /// `SignInNeeded`.
    pub async fn desk_ticket(&self, caller: &Caller) -> Result<DeskTicket> {
        let account = self.signed_in(caller)?;
        let token = self.new_code(8);
        let expires_at = self.now().plus_ms(TICKET_MS);
        self.store().put_ticket(account, &self.code_hash(&token), expires_at).await?;
        // The fragment stays in the clerk's browser: the ticket is in no log.
        Ok(DeskTicket { url: format!("{}/committee/desk#{token}", self.public_url()), token, expires_at })
    }

    /// Who shows this ticket.
    ///
    /// # Errors
    /// `CodeExpired` for an unknown or ended ticket; `TooManyTries`; what the policy says.
    pub async fn desk_open(&self, caller: &Caller, token: &str) -> Result<DeskApplicant> {
        self.allowed_somewhere(caller, Action::VerifyAtDesk).await?;
        let applicant = self.applicant(caller, token).await?;
        let verified_as = self.identity(&applicant).await?.map(|identity| text::masked(&identity.name));
        Ok(DeskApplicant { login: text::masked(&applicant.login), since: applicant.created_at, verified_as })
    }

    /// The clerk has seen the card: the applicant is this person.
    ///
    /// # Errors
    /// `CodeExpired`, `AlreadyVerified` (unless handed over), `WrongState` if the applicant is somebody else; the policy.
    pub async fn desk_verify(&self, caller: &Caller, form: DeskVerify) -> Result<Identity> {
        let person = self.store().person(form.person, self.now()).await?.ok_or(ErrorCode::NotFound)?;
        let clerk = self.allowed(caller, Action::VerifyAtDesk, &person.path).await?;
        let applicant = self.applicant(caller, &form.token).await?;
        let proof = Proof::Ticket(self.code_hash(&text::code(&form.token)));
        let (account, area, hand_over) = (applicant.id, person.area, form.hand_over);
        self.decide(Decision { account, person: person.id, area, proof, hand_over, actor: Some(clerk) }).await
    }

    async fn applicant(&self, caller: &Caller, token: &str) -> Result<Account> {
        let clerk = self.signed_in(caller)?;
        self.count_try(Limit::Ticket, &clerk.to_string()).await?;
        let found = self.store().ticket_account(&self.code_hash(&text::code(token)), self.now()).await?;
        Ok(found.ok_or(ErrorCode::CodeExpired)?)
    }
}
