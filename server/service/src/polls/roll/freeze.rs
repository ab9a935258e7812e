//! The roll is frozen.

use super::{counts::buildings, electors::text};
use crate::{
    Caller, Result, Service,
    policy::Action,
    polls::{
        convert::{ballot_id, count, refused, stored},
        course::entry,
    },
};
use ballot::{Entry, Payload, entry::RollPart, roll};
use rand_core::Rng as _;
use std::sync::Arc;
use store::polls::{Effect, Elector, NewSlot, Step};
use types::{
    ErrorCode, Problem,
    ids::PollId,
    polls::{Electorate, Opening, PollState, TimelineKind},
};

impl Service {
    /// Computes who is eligible, gives out slots in random order, writes the roll to the board.
    ///
    /// # Errors
    /// `WrongState` before the key stands or when it is frozen already; `Invalid` with field `eligibility.areas`
    /// (`required`) where nobody is eligible.
    pub async fn freeze_roll(&self, caller: &Caller, poll: PollId) -> Result<Opening> {
        let (account, record) = self.managed(caller, poll, Action::FreezeRoll).await?;
        if record.state != PollState::Roll {
            return Err(ErrorCode::WrongState.into());
        }
        let page = self.fixed(&self.published(poll).await?)?;
        let electors = self.electors(&page).await?;
        if electors.is_empty() {
            return Err(Problem::field("eligibility.areas", "required"));
        }
        let buildings = buildings(&electors, &record.area_name);
        let households = page.electorate == Electorate::Households;
        let mut slots = self.slots(poll, electors, households);
        let commitments: Vec<_> = slots.iter().map(|slot| slot.commitment).collect();
        let entries = roll::entries(ballot_id(poll), &commitments, buildings);
        let mut loaded = self.course(poll).await?;
        let first = loaded.head.size;
        for (place, made) in (count(first)..).zip(&entries) {
            let checked = loaded.course.check(&made.encode()).map_err(refused)?;
            Arc::make_mut(&mut loaded.course).apply(&checked, place).map_err(refused)?;
        }
        place_slots(&mut slots, &entries, first);
        let hash = loaded.course.roll().ok_or(ErrorCode::Internal)?.hash;
        let summary = stored(entries.len() as u64) - 1;
        let step = Step {
            poll,
            at: self.now(),
            from: PollState::Roll,
            size: first,
            entries: entries.iter().map(|made| entry(made.encode())).collect::<Result<_>>()?,
            effects: vec![
                Effect::Roll(hash, slots),
                Effect::State(PollState::Signing),
                Effect::Event(TimelineKind::RollFrozen, Some(summary)),
                Effect::Audit(self.entry(Some(account), "freeze-roll", &format!("poll:{poll}"), Some(record.area))),
            ],
        };
        if !self.take(&step, &loaded.course).await? {
            return Err(ErrorCode::WrongState.into());
        }
        self.opening(caller, poll).await
    }

    /// Slots in random order (Fisher–Yates), each with its salt and commitment.
    fn slots(&self, poll: PollId, mut electors: Vec<Elector>, households: bool) -> Vec<NewSlot> {
        let mut rng = self.rng();
        for last in (1..electors.len()).rev() {
            // The remainder of 64 random bits: with fewer than 2^32 slots, no order is preferred by more than 2^-32.
            let other = rng.next_u64() % (last as u64 + 1);
            electors.swap(last, usize::try_from(other).unwrap_or(last));
        }
        let slot = |(n, elector): (u32, Elector)| {
            let mut salt = [0; 32];
            rng.fill_bytes(&mut salt);
            let text = text(&elector);
            NewSlot {
                slot: n.into(),
                person: elector.person,
                household: households.then_some(elector.household),
                salt,
                commitment: roll::commit(ballot_id(poll), n, &salt, &text),
                text,
                leaf: 0,
            }
        };
        (1..).zip(electors).map(slot).collect()
    }
}

/// Writes down which entry holds which slot.
fn place_slots(slots: &mut [NewSlot], entries: &[Entry], first: i64) {
    for (leaf, made) in (first..).zip(entries) {
        let Payload::RollPart(RollPart { first, slots: part }) = &made.payload else { continue };
        let start = (*first as usize).saturating_sub(1);
        for slot in slots.iter_mut().skip(start).take(part.len()) {
            slot.leaf = leaf;
        }
    }
}
