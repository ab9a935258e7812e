//! A poll's page.

use super::{
    convert::{count, hex, small},
    drafts::FixedPage,
};
use crate::{Caller, Result, Service, gather::Alike, policy::Action};
use ballot::{Entry, Payload};
use std::sync::Arc;
use store::polls::{EventRecord, PollRecord, PollRow};
use types::{
    ErrorCode,
    ids::{AreaId, PersonId, PollId},
    polls::{
        KeyHolder, MyPart, Person, PollAction, PollCard, PollPage, PollState, Standing, TimelineEvent, TimelineKind,
        Turnout,
    },
};

/// Entries of a ceremony at most: five for each of nine trustees, and the manifest; some room for approvals.
const CEREMONY: i64 = 64;

/// Everything that a page is put together from.
pub(super) struct Shown {
    pub(super) poll: PollId,
    pub(super) title: String,
    pub(super) area: AreaId,
    pub(super) area_name: String,
    pub(super) state: PollState,
    pub(super) turnout: Turnout,
    pub(super) mine: Option<MyPart>,
    pub(super) fixed: Arc<FixedPage>,
    pub(super) joint_key: Option<[u8; 32]>,
    pub(super) corrects: Option<PollId>,
    pub(super) corrected_by: Option<PollId>,
    /// Numbers of the trustees who have done what is asked of them now.
    pub(super) trustees_done: Vec<u8>,
    /// Places of the clerks who have signed.
    pub(super) clerks_done: Vec<u8>,
    pub(super) actions: Vec<PollAction>,
    pub(super) standing: Standing,
    pub(super) events: Vec<EventRecord>,
}

/// What is read for a page.
type Read = (PollRecord, Vec<EventRecord>);

/// Pages that are being read, by poll and reader.
pub(super) type Reads = Arc<Alike<(PollId, Option<PersonId>), Option<Arc<Read>>>>;

impl Service {
    /// The page as the caller may see it.
    ///
    /// # Errors
    /// `NotFound` for drafts.
    pub async fn poll_page(&self, caller: &Caller, poll: PollId) -> Result<PollPage> {
        let person = caller.account.as_ref().and_then(|account| account.person);
        let (record, events) = &*self.read_page(poll, person).await?.ok_or(ErrorCode::NotFound)?;
        let fixed = self.fixed(record)?;
        let (trustees_done, clerks_done) = self.done(record, &fixed, events).await?;
        let actions = self.actions(caller, record, &trustees_done, &clerks_done).await?;
        let card = card(record.row.clone());
        let standing = match (&caller.account, person, &card.mine) {
            (None, ..) => Standing::SignedOut,
            (_, None, _) => Standing::NotVerified,
            (.., None) => Standing::NotOnRoll,
            _ => Standing::OnRoll,
        };
        Ok(Shown {
            poll,
            title: card.title,
            area: card.area,
            area_name: card.area_name,
            state: card.state,
            turnout: card.turnout,
            mine: card.mine,
            fixed,
            joint_key: record.joint_key,
            corrects: record.corrects,
            corrected_by: record.corrected_by,
            trustees_done,
            clerks_done,
            actions,
            standing,
            events: events.clone(),
        }
        .page())
    }

    async fn read_page(&self, poll: PollId, person: Option<PersonId>) -> Result<Option<Arc<Read>>> {
        let service = self.clone();
        let read = move || {
            let service = service.clone();
            async move {
                let Some(record) = service.store().poll(poll, person).await? else { return Ok(None) };
                Ok(Some(Arc::new((record, service.store().poll_events(poll).await?))))
            }
        };
        self.live().reads.ask_alike((poll, person), read).await
    }

    /// What is the same for everybody, and never changes once it is published.
    pub(super) fn fixed(&self, record: &PollRecord) -> Result<Arc<FixedPage>> {
        if let Some(fixed) = self.live().pages.get(record.row.poll) {
            return Ok(fixed);
        }
        let fixed = Arc::new(serde_json::from_str(&record.page).map_err(|_| ErrorCode::Internal)?);
        self.live().pages.keep(record.row.poll, &fixed);
        Ok(fixed)
    }

    /// Who has done what is asked of them now: read from the board where that is still going on.
    async fn done(&self, record: &PollRecord, fixed: &FixedPage, events: &[EventRecord]) -> Result<(Vec<u8>, Vec<u8>)> {
        let poll = record.row.poll;
        let leaf = |kind| events.iter().find(|event| event.kind == kind).and_then(|event| event.leaf);
        let all = |n: usize| (0..=u8::try_from(n).unwrap_or(u8::MAX)).collect::<Vec<u8>>();
        let (mut trustees, mut clerks) = (all(fixed.trustees.len()), all(fixed.clerks.len()));
        match record.row.state {
            PollState::Ceremony | PollState::Lapsed => {
                let course = self.course(poll).await?.course;
                let progress = course.ceremony().map(|c| c.progress().collect::<Vec<_>>()).unwrap_or_default();
                trustees =
                    (1..).zip(progress).filter(|(_, trustee)| trustee.rehearsed).map(|(index, _)| index).collect();
                clerks.clear();
            }
            PollState::Roll => clerks.clear(),
            PollState::Signing | PollState::Scheduled => {
                let entries =
                    self.store().entries(poll, leaf(TimelineKind::RollFrozen).unwrap_or(0) + 1, CEREMONY).await?;
                clerks = entries.iter().filter_map(|entry| approval(&entry.bytes)).collect();
            }
            PollState::Counting => {
                trustees.clear();
                if let Some(close) = leaf(TimelineKind::Closed) {
                    let entries = self.store().entries(poll, close + 1, CEREMONY).await?;
                    trustees = entries.iter().filter_map(|entry| share(&entry.bytes)).collect();
                }
            }
            PollState::Draft | PollState::Open | PollState::Finished => {}
        }
        Ok((trustees, clerks))
    }

    async fn actions(
        &self,
        caller: &Caller,
        record: &PollRecord,
        trustees: &[u8],
        clerks: &[u8],
    ) -> Result<Vec<PollAction>> {
        let mut actions = Vec::new();
        if caller.account.is_none() {
            return Ok(actions);
        }
        let (poll, state) = (record.row.poll, record.row.state);
        let parts = self.parts(caller, poll).await?;
        let clerk = self.allowed(caller, Action::OpenPoll, &record.area_path).await.is_ok();
        let waits = |done: &[u8], me: Option<u8>| me.is_some_and(|me| !done.contains(&me));
        match state {
            PollState::Ceremony if waits(trustees, parts.trustee) => actions.push(PollAction::Ceremony),
            PollState::Roll if clerk => actions.push(PollAction::FreezeRoll),
            PollState::Signing if clerk && waits(clerks, parts.clerk) => actions.push(PollAction::SignOpening),
            PollState::Open => {
                if record.row.my_slot.is_some() && self.now() < record.row.closes_at {
                    actions.extend([PollAction::Vote, PollAction::AskReissue]);
                }
                if clerk && parts.clerk.is_some() {
                    actions.push(PollAction::Reissue);
                }
            }
            PollState::Counting if waits(trustees, parts.trustee) => actions.push(PollAction::PostShare),
            _ => {}
        }
        if clerk {
            actions.push(PollAction::Correct);
        }
        Ok(actions)
    }
}

impl Shown {
    pub(super) fn page(self) -> PollPage {
        let Self { fixed, state, events, .. } = self;
        let person = |first: u8, done: &[u8], names: &[String]| {
            let person = |(place, name): (u8, &String)| Person { done: done.contains(&place), name: name.clone() };
            (first..).zip(names).map(person).collect()
        };
        let timeline = timeline(&fixed, state, &events);
        PollPage {
            card: PollCard {
                poll: self.poll,
                title: self.title,
                area: self.area,
                area_name: self.area_name,
                state,
                opens_at: fixed.opens_at,
                closes_at: fixed.closes_at,
                key: fixed.key,
                turnout: self.turnout,
                mine: self.mine,
            },
            text: fixed.text.clone(),
            language: fixed.language.clone(),
            questions: fixed.questions.clone(),
            areas: fixed.areas.clone(),
            min_age: fixed.min_age,
            electorate: fixed.electorate,
            rule: fixed.rule,
            min_group: fixed.min_group,
            attachments: fixed.attachments.clone(),
            trustees: person(1, &self.trustees_done, &fixed.trustees),
            clerks: person(0, &self.clerks_done, &fixed.clerks),
            corrects: self.corrects,
            corrected_by: self.corrected_by,
            manifest_hash: fixed.manifest_hash,
            joint_key: self.joint_key.map(hex),
            actions: self.actions,
            standing: self.standing,
            timeline,
        }
    }
}

/// Stations reached, then those to come with the dates that are known; a lapsed poll has none to come.
fn timeline(fixed: &FixedPage, state: PollState, events: &[EventRecord]) -> Vec<TimelineEvent> {
    let station = |kind: TimelineKind| {
        let reached = events.iter().find(|event| event.kind == kind);
        let planned = match kind {
            TimelineKind::Opened => Some(fixed.opens_at),
            TimelineKind::Closed => Some(fixed.closes_at),
            _ => None,
        };
        TimelineEvent {
            kind,
            at: reached.map(|event| event.at).or(planned),
            done: reached.is_some(),
            leaf: reached.and_then(|event| event.leaf).map(count),
        }
    };
    TimelineKind::ALL.into_iter().map(station).filter(|event| event.done || state != PollState::Lapsed).collect()
}

/// A line of a list.
pub(super) fn card(row: PollRow) -> PollCard {
    let key = if row.key_system {
        KeyHolder::System
    } else {
        KeyHolder::Trustees { k: small(row.key_k), n: small(row.key_n) }
    };
    PollCard {
        poll: row.poll,
        title: row.title,
        area: row.area,
        area_name: row.area_name,
        state: row.state,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        key,
        turnout: Turnout { slots: count(row.slots), voted: count(row.voted) },
        mine: row.my_slot.map(|slot| MyPart { slot: small(slot), voted_at: row.my_last_at }),
    }
}

fn approval(bytes: &[u8]) -> Option<u8> {
    match Entry::decode(bytes).ok()?.payload {
        Payload::Approval(approval) => Some(approval.clerk),
        _ => None,
    }
}

/// The trustee whose share an entry is.
pub(super) fn share(bytes: &[u8]) -> Option<u8> {
    match Entry::decode(bytes).ok()?.payload {
        Payload::Share(share) => Some(share.index),
        _ => None,
    }
}
