//! Lists of polls.

use super::page::card;
use crate::{Caller, Result, Service, gather::Alike};
use std::sync::Arc;
use store::polls::{ListCursor, PollRow};
use types::{
    ErrorCode, Problem, Timestamp,
    ids::{AreaId, PersonId},
    polls::{PollCard, PollFilter, PollList},
};

/// Lines of a page.
const PAGE: usize = 20;
/// The most polls of one person that are listed.
const MINE: i64 = 50;

/// What a list is asked for with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    area: Option<AreaId>,
    filter: PollFilter,
    after: Option<ListCursor>,
    person: Option<PersonId>,
}

/// Lists that are being read.
pub(super) type Lists = Arc<Alike<Asked, Arc<[PollRow]>>>;

impl Service {
    /// The polls on whose roll the caller is, open ones first, at most 50.
    ///
    /// # Errors
    /// `SignInNeeded`. Whoever is not verified has none.
    pub async fn my_polls(&self, caller: &Caller) -> Result<Vec<PollCard>> {
        let account = caller.account.as_ref().ok_or(ErrorCode::SignInNeeded)?;
        let Some(person) = account.person else { return Ok(Vec::new()) };
        Ok(self.store().polls_of(person, MINE).await?.into_iter().map(card).collect())
    }

    /// Published polls of an area with all below it, or of everywhere; newest opening first, 20 a page.
    ///
    /// # Errors
    /// `Invalid` with field `after` for a cursor that is none of ours.
    pub async fn polls(
        &self,
        caller: &Caller,
        area: Option<AreaId>,
        filter: PollFilter,
        after: Option<&str>,
    ) -> Result<PollList> {
        let after = after.map(cursor).transpose()?;
        let person = caller.account.as_ref().and_then(|account| account.person);
        let rows = self.list(Asked { area, filter, after, person }).await?;
        let end = |row: &PollRow| format!("{}-{}", row.opens_at.0, row.poll);
        let next = rows.get(..PAGE).filter(|_| rows.len() > PAGE).and_then(|page| page.last()).map(end);
        Ok(PollList { polls: rows.iter().take(PAGE).cloned().map(card).collect(), next })
    }

    /// A page's lines, and one more if there are more.
    async fn list(&self, asked: Asked) -> Result<Arc<[PollRow]>> {
        let service = self.clone();
        let read = move || {
            let (service, Asked { area, filter, after, person }) = (service.clone(), asked);
            async move { Ok(service.store().poll_list(area, filter.phase(), after, person, PAGE as i64 + 1).await?.into()) }
        };
        self.live().lists.ask_alike(asked, read).await
    }
}

fn cursor(text: &str) -> Result<ListCursor> {
    let read = || {
        let (at, poll) = text.rsplit_once('-')?;
        Some(ListCursor { opens_at: Timestamp(at.parse().ok()?), poll: poll.parse().ok()? })
    };
    read().ok_or_else(|| Problem::field("after", "invalid"))
}
