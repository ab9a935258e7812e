//! Sending: the same bytes again until there is an answer. Nothing sent twice can count twice.

use crate::error::{Answer, UiError};
use crate::pages::polls::device::sleep;
use leptos::prelude::{GetUntracked as _, RwSignal, Set as _, Update as _};
use types::{ErrorCode, Problem};

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

/// Calls until the server accepts or refuses. Setting the signal's `wait` to 0 tries at once.
pub(super) async fn send<T, F: Future<Output = Answer<T>>>(
    state: RwSignal<Sending>,
    mut call: impl FnMut() -> F,
) -> Result<T, Problem> {
    loop {
        state.update(|state| {
            state.tries += 1;
            state.wait = 0;
        });
        let (busy, wait) = match call().await {
            Ok(answer) => return Ok(answer),
            Err(UiError::Refused(problem)) if problem.code == ErrorCode::Busy => (true, problem.retry_after.unwrap_or(5)),
            Err(UiError::Refused(problem)) => return Err(problem),
            Err(UiError::Offline) => (false, 1 << state.get_untracked().tries.min(5)),
        };
        let tries = state.get_untracked().tries;
        state.set(Sending { tries, wait: wait.clamp(1, LONGEST_WAIT), busy });
        count_down(state).await;
    }
}

async fn count_down(state: RwSignal<Sending>) {
    while state.get_untracked().wait > 0 {
        sleep(1000).await;
        state.update(|state| state.wait = state.wait.saturating_sub(1));
    }
}
