//! Saving by itself, in the browser: a moment after the last key.

use super::part::Part;
use crate::{
    error::Answer,
    i18n::{k, t, tf},
    parts::{live, time},
};
use leptos::{prelude::*, server_fn::codec::Json, task::spawn_local};
use types::{
    ErrorCode,
    ids::PollId,
    polls::{DraftPage, DraftSaved},
};

/// How long the keys must rest.
const REST_MS: u32 = 1_200;

#[server(prefix = "/ui", input = Json)]
pub(crate) async fn draft_autosave(poll: PollId, version: i64, part: Part) -> Answer<DraftSaved> {
    super::save::save(poll, version, part).await
}

/// What a step knows of its own saving.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    poll: PollId,
    version: RwSignal<i64>,
    /// What the last save answered.
    pub(super) saved: RwSignal<Option<DraftSaved>>,
    problem: RwSignal<Option<&'static str>>,
    busy: RwSignal<bool>,
    keys: RwSignal<u64>,
}

impl Saving {
    pub(super) fn new(page: &DraftPage) -> Self {
        Self {
            poll: page.poll,
            version: RwSignal::new(page.version),
            saved: RwSignal::new(None),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            keys: RwSignal::new(0),
        }
    }

    /// Something was typed: `part` reads the form's values when the keys rest.
    pub(super) fn typed(self, part: impl Fn() -> Option<Part> + 'static) {
        let Some(key) = self.keys.try_update(|keys| {
            *keys += 1;
            *keys
        }) else {
            return;
        };
        live::after(REST_MS, move || {
            if self.keys.try_get_untracked() == Some(key)
                && !self.busy.get_untracked()
                && let Some(part) = part()
            {
                self.send(part);
            }
        });
    }

    fn send(self, part: Part) {
        self.busy.set(true);
        let (poll, version) = (self.poll, self.version.get_untracked());
        spawn_local(async move {
            let answer = draft_autosave(poll, version, part).await;
            let _ = self.busy.try_set(false);
            match answer {
                Ok(saved) => {
                    let _ = self.version.try_set(saved.version);
                    let _ = self.problem.try_set(None);
                    let _ = self.saved.try_set(Some(saved));
                }
                Err(error) if error.code() == Some(ErrorCode::WrongState) => {
                    let _ = self.problem.try_set(Some(t(k::committee_draft::CONFLICT)));
                }
                Err(_) => {
                    let _ = self.problem.try_set(Some(t(k::committee_draft::UNSAVED)));
                }
            }
        });
    }
}

/// The version that the form sends back, and how saving stands.
#[component]
pub(super) fn SavingLine(saving: Saving) -> impl IntoView {
    let words = move || match (saving.problem.get(), saving.saved.get()) {
        (Some(problem), _) => problem.to_owned(),
        (None, _) if saving.busy.get() => t(k::committee_draft::SAVING).to_owned(),
        (None, Some(saved)) => tf(k::committee_draft::AUTOSAVED, &[("when", &time::exact(saved.updated_at))]),
        (None, None) => String::new(),
    };
    view! {
        <input type="hidden" name="version" prop:value=move || saving.version.get().to_string() value=saving.version.get_untracked().to_string()/>
        <input type="hidden" name="poll" value=saving.poll.to_string()/>
        <p class="quiet bench-saving" role="status">{words}</p>
    }
}
