//! What must be done today.

use crate::{Caller, Result, Service, policy::Action};
use types::{
    Timestamp,
    committee::{PollTurnout, Task, TaskKind, Today},
    ids::{AreaId, PollId},
    polls::{KeyHolder, Person, PollCard, PollFilter, PollPage, PollState},
};

const DAY: i64 = 86_400_000;
/// An open poll is a task when it closes within this time.
const SOON: i64 = 3 * DAY;
/// Open polls whose turnout is shown.
const SHOWN: usize = 5;
/// Locked households that are named.
const LOCKED: i64 = 20;

impl Service {
    /// What a clerk of `area` has to do now, the most pressing first, and the turnout of the open polls.
    ///
    /// # Errors
    /// What the policy says: somebody who may read the area's roles. Drafts, residents and locks only for those who
    /// may handle them.
    pub async fn today(&self, caller: &Caller, area: AreaId) -> Result<Today> {
        let (_, place) = self.allowed_in(caller, Action::ReadRoles, area).await?;
        let clerk = self.may(caller, Action::DraftPoll, area).await?;
        let now = self.now();
        let mut tasks = if clerk { self.of_clerks(caller, area, &place.path).await? } else { Vec::new() };
        let mut open = Vec::new();
        for card in self.unfinished(caller, area).await? {
            let page = self.poll_page(caller, card.poll).await?;
            tasks.extend(task_of(&page, now));
            if page.card.state == PollState::Open {
                open.push(self.turnout_of(&page).await?);
            }
        }
        tasks.sort_by_key(|task| task.due.unwrap_or(Timestamp(i64::MAX)));
        open.sort_by_key(|turnout: &PollTurnout| turnout.card.closes_at);
        open.truncate(SHOWN);
        Ok(Today { tasks, open, now })
    }

    /// Residents who wait, locked households, drafts.
    async fn of_clerks(&self, caller: &Caller, area: AreaId, path: &str) -> Result<Vec<Task>> {
        let mut tasks = Vec::new();
        let asked = self.reissue_requests(caller, area).await?;
        if let Some(first) = asked.first() {
            let due = Some(first.asked_at.plus_ms(DAY));
            tasks.push(Task { due, count: asked.len() as u64, ..task(TaskKind::Reissue, None, String::new()) });
        }
        let locked = self.store().locked_households(path, LOCKED).await?;
        if !locked.is_empty() {
            let count = locked.len() as u64;
            let people = locked.into_iter().map(|home| home.join(" ").trim().to_owned()).collect();
            tasks.push(Task { people, count, ..task(TaskKind::Locked, None, String::new()) });
        }
        for draft in self.list_drafts(caller, area).await? {
            tasks.push(task(TaskKind::Draft, Some(draft.poll), draft.title));
        }
        Ok(tasks)
    }

    /// Published polls of the area that still need somebody: coming, open, counting. At most one page of each.
    async fn unfinished(&self, caller: &Caller, area: AreaId) -> Result<Vec<PollCard>> {
        let mut cards = Vec::new();
        for filter in [PollFilter::Coming, PollFilter::Open, PollFilter::Closed] {
            cards.extend(self.polls(caller, Some(area), filter, None).await?.polls);
        }
        cards.retain(|card| !matches!(card.state, PollState::Finished | PollState::Lapsed));
        Ok(cards)
    }
}

fn task(kind: TaskKind, poll: Option<PollId>, title: String) -> Task {
    Task { kind, poll, title, due: None, people: Vec::new(), count: 0, of: 0 }
}

fn waiting(people: &[Person]) -> Vec<String> {
    people.iter().filter(|person| !person.done).map(|person| person.name.clone()).collect()
}

fn task_of(page: &PollPage, now: Timestamp) -> Option<Task> {
    let card = &page.card;
    let of_kind = |kind| task(kind, Some(card.poll), card.title.clone());
    let by_opening = Some(card.opens_at);
    let people = waiting(&page.trustees);
    let count = people.len() as u64;
    Some(match (card.state, card.key) {
        (PollState::Ceremony, KeyHolder::Trustees { n, .. }) => {
            Task { due: by_opening, people, count, of: u64::from(n), ..of_kind(TaskKind::Unanswered) }
        }
        (PollState::Roll, _) => Task { due: by_opening, ..of_kind(TaskKind::Freeze) },
        (PollState::Signing, _) => {
            let people = waiting(&page.clerks);
            let signed = (page.clerks.len() - people.len()) as u64;
            Task { due: by_opening, people, count: signed, of: 2, ..of_kind(TaskKind::Sign) }
        }
        (PollState::Open, _) if card.closes_at.since(now) <= SOON => {
            let turnout = card.turnout;
            Task { due: Some(card.closes_at), count: turnout.voted, of: turnout.slots, ..of_kind(TaskKind::Closing) }
        }
        (PollState::Counting, KeyHolder::Trustees { k, .. }) => {
            let posted = page.trustees.iter().filter(|trustee| trustee.done).count() as u64;
            let missing = u64::from(k).saturating_sub(posted);
            Task { due: Some(card.closes_at), people, count: missing, of: u64::from(k), ..of_kind(TaskKind::Shares) }
        }
        _ => return None,
    })
}
