//! Sending: the same bytes again until there is an answer. Nothing sent twice can count twice.

use super::calls::post_entry;
use crate::error::UiError;
use crate::pages::polls::device::sleep;
use leptos::prelude::{GetUntracked as _, RwSignal, Set as _, Update as _};
use types::{ErrorCode, Problem, bytes::Blob, ids::PollId, polls::Receipt};

/// How the sending goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sending {
    /// Tries so far.
    pub(super) tries: u32,
    /// Seconds until the next try; 0 while one is under way.
    pub(super) wait: u32,
    /// The server answered that it is busy; otherwise it did not answer.
    pub(super) busy: bool,
}

const LONGEST_WAIT: u32 = 30;

/// Posts until the server accepts or refuses. Setting the signal's `wait` to 0 tries at once.
pub(super) async fn send(state: RwSignal<Sending>, poll: PollId, entry: &Blob) -> Result<Option<Receipt>, Problem> {
    loop {
        state.update(|state| {
            state.tries += 1;
            state.wait = 0;
        });
        let (busy, wait) = match post_entry(poll, entry.clone()).await {
            Ok(answer) => return Ok(answer),
            Err(UiError::Refused(problem)) if problem.code == ErrorCode::Busy => {
                (true, problem.retry_after.unwrap_or(5))
            }
            Err(UiError::Refused(problem)) => return Err(problem),
            Err(UiError::Offline) => (false, 1 << tries(state)?.min(5)),
        };
        state.set(Sending { tries: tries(state)?, wait: wait.clamp(1, LONGEST_WAIT), busy });
        count_down(state).await;
    }
}

/// An error once the visitor has left: what was sealed is kept, and the next visit sends it again.
fn tries(state: RwSignal<Sending>) -> Result<u32, Problem> {
    state.try_get_untracked().map(|state| state.tries).ok_or(ErrorCode::Internal.into())
}

async fn count_down(state: RwSignal<Sending>) {
    while state.try_get_untracked().is_some_and(|state| state.wait > 0) {
        sleep(1000).await;
        state.update(|state| state.wait = state.wait.saturating_sub(1));
    }
}
