//! Proving who one is: by the letter's code or at the desk; and taking a verification back.

mod by_code;
mod desk;
mod release;

use crate::{Fanout, NoticeKind, Recipients, Result, Service};
use store::{NewJob, Proof, Verification, Verified};
use types::{
    ErrorCode, Timestamp,
    identity::{HandOver, Identity},
    ids::{AccountId, AreaId, PersonId},
};

/// A verification holds so long: the preset of two years.
const HOLDS_MS: i64 = 2 * 365 * 86_400_000;

/// Somebody becomes somebody.
struct Decision {
    account: AccountId,
    person: PersonId,
    area: AreaId,
    proof: Proof,
    hand_over: Option<HandOver>,
    /// Who decided: the clerk at the desk, or the resident with the code.
    actor: Option<AccountId>,
}

impl Service {
    async fn decide(&self, decision: Decision) -> Result<Identity> {
        let Decision { account, person, area, proof, hand_over, actor } = decision;
        let action = match proof {
            Proof::Code(_) => "verify-by-code",
            Proof::Ticket(_) => "verify-at-desk",
            Proof::Operator => "verify-by-operator",
        };
        let now = self.now();
        let mut entry = self.entry(actor, action, &format!("person:{person}"), Some(area));
        let reason = hand_over.map_or("no", HandOver::as_str);
        entry.detail = format!(r#"{{"account":"{account}","hand_over":"{reason}"}}"#);
        let hand_over = hand_over.is_some();
        let verification = Verification { account, person, at: now, until: now.plus_ms(HOLDS_MS), proof, hand_over };
        let told = self.notice_job(Fanout::new(Recipients::Accounts(vec![account]), NoticeKind::Verified), None);
        match self.store().verify_account(&verification, &entry, &[told]).await? {
            Verified::Done(None) => {}
            Verified::Done(Some(before)) => self.tell_released(before).await?,
            Verified::ProofGone => return Err(ErrorCode::CodeExpired.into()),
            Verified::OtherPerson => return Err(ErrorCode::WrongState.into()),
            Verified::PersonTaken => return Err(ErrorCode::AlreadyVerified.into()),
        }
        let account = self.store().account(account).await?.ok_or(ErrorCode::NotFound)?;
        Ok(self.identity(&account).await?.ok_or(ErrorCode::Internal)?)
    }

    async fn tell_released(&self, account: AccountId) -> Result<()> {
        self.notify(Fanout::new(Recipients::Accounts(vec![account]), NoticeKind::VerificationReleased)).await
    }

    /// Verifies an account without a code or ticket: for the demonstration community and the operator's command line.
    ///
    /// # Errors
    /// `AlreadyVerified`, `WrongState`, `NotFound`.
    pub async fn verify_as_operator(&self, account: AccountId, person: PersonId) -> Result<Identity> {
        let found = self.store().person(person, self.now()).await?.ok_or(ErrorCode::NotFound)?;
        let proof = Proof::Operator;
        self.decide(Decision { account, person, area: found.area, proof, hand_over: None, actor: None }).await
    }

    /// A one-time secret as stored: keyed, so that the database alone does not allow guessing.
    pub(crate) fn code_hash(&self, code: &str) -> Vec<u8> {
        self.keyed_hash("one-time code", code.as_bytes()).to_vec()
    }

    /// A secret of `length` Crockford characters.
    pub(crate) fn new_code(&self, length: usize) -> String {
        let mut bytes = vec![0; length];
        self.fill_random(&mut bytes);
        bytes.into_iter().map(|byte| char::from(crate::text::CROCKFORD[usize::from(byte) % 32])).collect()
    }

    /// The notice that tells clerks of locked codes.
    fn locked_notice(&self, area: AreaId, address: &str, at: Timestamp, household: impl core::fmt::Display) -> NewJob {
        let notice = Fanout::new(Recipients::Role(types::identity::Role::Clerk, area), NoticeKind::CodesLocked);
        self.notice_job(notice.arg("address", address), Some(format!("locked:{household}:{}", at.0)))
    }
}
