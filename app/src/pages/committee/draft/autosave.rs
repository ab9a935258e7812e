//! Saving by itself, in the browser: a moment after the last key.

use super::part::Part;
use crate::{
    error::Answer,
    i18n::{k, t, tf},
    parts::{Kept, Then, live, time},
};
use leptos::{prelude::*, server_fn::codec::Json, task::spawn_local};
use types::{
    ErrorCode,
    ids::PollId,
    polls::{DraftPage, DraftSaved},
};

/// How long the keys must rest.
const REST_MS: u32 = 1_200;

#[server(prefix = "/ui", output = crate::wire::Reply, input = Json)]
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
    /// What waits for the save that is under way.
    next: Kept<Then>,
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
            next: Kept::new(),
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
        self.when_rested(key, part);
    }

    fn when_rested(self, key: u64, part: impl Fn() -> Option<Part> + 'static) {
        live::after(REST_MS, move || {
            if self.keys.try_get_untracked() != Some(key) {
                return;
            }
            if self.busy.get_untracked() {
                return self.when_rested(key, part);
            }
            if let Some(part) = part() {
                spawn_local(async move {
                    self.save(part).await;
                });
            }
        });
    }

    /// For the step's own form: it sends everything, with the version that the last save left.
    pub(super) fn form(self) -> Callback<Then> {
        Callback::new(move |send| self.after_save(send))
    }

    /// For a form that draws the page anew: what is typed is saved before, and where that fails nothing is sent.
    pub(super) fn before(self, part: fn() -> Option<Part>) -> Callback<Then> {
        Callback::new(move |send: Then| {
            self.after_save(Box::new(move || {
                spawn_local(async move {
                    let saved = match part() {
                        Some(part) => self.save(part).await,
                        None => true,
                    };
                    if saved {
                        send();
                    }
                });
            }));
        })
    }

    /// Runs now, or when the save that is under way has ended; keys pressed before are not saved by themselves any more.
    fn after_save(self, run: Then) {
        self.keys.update(|keys| *keys += 1);
        if self.busy.get_untracked() {
            self.next.set(run);
        } else {
            run();
        }
    }

    async fn save(self, part: Part) -> bool {
        self.busy.set(true);
        let (poll, version) = (self.poll, self.version.get_untracked());
        let answer = draft_autosave(poll, version, part).await;
        let _ = self.busy.try_set(false);
        let problem = match &answer {
            Ok(_) => None,
            Err(error) if error.code() == Some(ErrorCode::WrongState) => Some(t(k::committee_draft::CONFLICT)),
            Err(_) => Some(t(k::committee_draft::UNSAVED)),
        };
        let _ = self.problem.try_set(problem);
        let saved = answer.is_ok();
        if let Ok(answer) = answer {
            let _ = self.version.try_set(answer.version);
            let _ = self.saved.try_set(Some(answer));
        }
        if let Some(next) = self.next.take() {
            // The hidden field has the new version by then.
            live::after(0, next);
        }
        saved
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
