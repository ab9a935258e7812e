//! A lost phone: the new one asks, a clerk who has the person before them signs.

use super::{
    convert::{hex, refused, small},
    course::entry,
    live::Voting,
};
use crate::{
    Caller, Result, Service,
    notify::{Fanout, NoticeKind, Recipients},
    policy::Action,
};
use ballot::{Entry, Payload, check_reissue};
use std::sync::Arc;
use store::{
    AuditEntry,
    polls::{Reissue, ReissueRecord, Vote, VoteKind, With},
};
use types::{
    ErrorCode, Problem,
    bytes::{Blob, Hex32},
    ids::{AccountId, AreaId, PollId},
    polls::ReissueRequest,
};

/// Bytes of a signature.
const SIGNATURE: usize = 64;
/// Bytes of a re-issue entry: header, slot, generation, key, possession, clerk, signature.
const SIZE: usize = 18 + 4 + 2 + 32 + 64 + 1 + 64;

impl Service {
    /// The old device is lost: the new one asks with its key and its signature over the re-issue entry up to the key.
    ///
    /// # Errors
    /// `UnknownCredential` where the slot has none yet (register one instead), `Invalid` with field `possession`.
    pub async fn ask_reissue(&self, caller: &Caller, poll: PollId, key: Hex32, possession: Blob) -> Result<()> {
        let (_, person) = self.voter(caller)?;
        let voting = self.voting(poll).await?;
        self.still_open(&voting)?;
        if possession.0.len() != SIGNATURE {
            return Err(Problem::field("possession", "invalid"));
        }
        let slot = self.store().slot_of(poll, person).await?.ok_or(ErrorCode::NotYourSlot)?;
        if slot.generation == 0 {
            return Err(ErrorCode::UnknownCredential.into());
        }
        let reissue = Reissue {
            slot: slot.slot,
            generation: slot.generation + 1,
            key: key.0,
            possession: possession.0,
            asked_at: self.now(),
        };
        Ok(self.store().ask_reissue(poll, &reissue).await?)
    }

    /// What residents of the area asked for, oldest first.
    ///
    /// # Errors
    /// `NotFound` for an unknown area; what the policy says.
    pub async fn reissue_requests(&self, caller: &Caller, area: AreaId) -> Result<Vec<ReissueRequest>> {
        let (_, area) = self.allowed_in(caller, Action::ReissueCredential, area).await?;
        let mut requests = Vec::new();
        for record in self.store().reissues(area.id).await? {
            let voting = self.voting(record.poll).await?;
            let me = self.parts(caller, record.poll).await?.clerk;
            let manifest = voting.context.manifest().to_bytes().map_err(|_| ErrorCode::Internal)?;
            let ReissueRecord { poll, title, reissue, name, address } = record;
            requests.push(ReissueRequest {
                poll,
                title,
                slot: small(reissue.slot),
                name,
                address: address.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
                asked_at: reissue.asked_at,
                generation: small(reissue.generation),
                me,
                key: hex(reissue.key),
                possession: reissue.possession.into(),
                manifest: manifest.into(),
                joint_key: hex(*voting.context.joint_key()),
                roll_hash: hex(*voting.context.roll_hash()),
                slots: voting.context.slots(),
            });
        }
        Ok(requests)
    }

    /// Records a re-issue that the caller's browser has signed; from then on the new device's key counts.
    ///
    /// # Errors
    /// `NotAllowed` in another clerk's place; `UnknownSlot` where nobody asked for this key; the refusals of the rules.
    pub async fn reissue_credential(&self, caller: &Caller, poll: PollId, bytes: Vec<u8>) -> Result<()> {
        let (account, record) = self.managed(caller, poll, Action::ReissueCredential).await?;
        let me = self.parts(caller, poll).await?.clerk.ok_or(ErrorCode::UnknownClerk)?;
        let voting = self.voting(poll).await?;
        self.still_open(&voting)?;
        if bytes.len() > SIZE {
            return Err(ErrorCode::TooLarge.into());
        }
        let Payload::Reissue(body) = Entry::decode(&bytes).map_err(refused)?.payload else {
            return Err(ErrorCode::NotCanonical.into());
        };
        if body.clerk != me {
            return Err(ErrorCode::NotAllowed.into());
        }
        let asked = self.store().reissue_of(poll, body.slot.into()).await?;
        if asked.is_none_or(|asked| asked.key != body.key) {
            // Nobody asks for it any more once it is recorded: the clerk's browser sends again what lost its answer.
            let known = self.store().credential(poll, &body.key).await?;
            let place = (i64::from(body.slot), i64::from(body.generation));
            let recorded = known.is_some_and(|known| (known.slot, known.generation) == place);
            return if recorded { Ok(()) } else { Err(ErrorCode::UnknownSlot.into()) };
        }
        let context = Arc::clone(&voting.context);
        let (place, (bytes, checked)) =
            self.on_a_core(move || check_reissue(&context, &bytes).map(|checked| (bytes, checked))).await?;
        let slot = i64::from(checked.slot);
        let kind = VoteKind::Credential { slot, generation: checked.generation.into(), key: checked.key };
        let with = self.reissue_is_told(&voting, account, record.area, slot).await?;
        self.record(&voting, place, Vote { entry: entry(bytes)?, kind, with }).await?;
        Ok(())
    }

    /// The line in the audit log, and the notice to whose slot it is.
    async fn reissue_is_told(&self, voting: &Voting, clerk: AccountId, area: AreaId, slot: i64) -> Result<With> {
        let poll = voting.poll;
        let audit = AuditEntry {
            detail: format!("{{\"slot\":{slot}}}"),
            ..self.entry(Some(clerk), "reissue-credential", &format!("poll:{poll}"), Some(area))
        };
        let mut jobs = Vec::new();
        if let Some(slot) = self.store().slot(poll, slot).await?
            && let Some(holder) = self.store().account_of_person(slot.person).await?
        {
            let to = Recipients::Accounts(vec![holder.id]);
            let notice = Fanout::new(to, NoticeKind::CredentialReissued).arg("title", &voting.title).about(poll);
            jobs.push(self.notice_job(notice, None));
        }
        Ok(With { jobs, audit: Some(audit) })
    }
}
