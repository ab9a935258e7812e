//! The recovery code: shown once to be written down, and typed back.

use super::{Desk, Stage, secret::Secret};
use crate::i18n::{k, t, tf};
use crate::pages::polls::parts::focus_here;
use ballot::RecoveryCode;
use leptos::prelude::*;

/// The code in large groups.
#[component]
pub(super) fn Show(desk: Desk, code: String) -> impl IntoView {
    let groups: Vec<String> = code.split([' ', '-']).map(str::to_owned).collect();
    let n = groups.len();
    let m = groups.first().map_or(0, String::len);
    let cells = groups.into_iter().map(|group| view! { <li>{group}</li> }).collect_view();
    let title = focus_here();
    view! {
        <section>
            <h2 tabindex="-1" node_ref=title>{t(k::ceremony::CODE_TITLE)}</h2>
            <p>{t(k::ceremony::CODE_LEAD)}</p>
            <ol class="sheet recovery-code" aria-label=t(k::ceremony::CODE)>{cells}</ol>
            <p class="quiet">{tf(k::ceremony::CODE_GROUPS, &[("n", &n), ("m", &m)])}</p>
            <button class="button primary" on:click=move |_| desk.stage.set(Stage::TypeBack(code.clone()))>{t(k::ceremony::CODE_WRITTEN)}</button>
        </section>
    }
}

/// A field for the code on paper.
#[component]
pub(super) fn TypeBack(desk: Desk, code: String) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let poll = desk.ceremony.with_untracked(|ceremony| ceremony.poll);
    let again = code.clone();
    let check = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let same =
            typed.with_untracked(|typed| typed.parse::<RecoveryCode>().is_ok_and(|typed| typed.to_string() == code));
        wrong.set(!same);
        if same {
            let _ = Secret::new(code.clone(), true).keep(poll);
            desk.stage.set(Stage::Work(code.clone()));
        }
    };
    let title = focus_here();
    view! {
        <section>
            <h2 tabindex="-1" node_ref=title>{t(k::ceremony::CONFIRM_TITLE)}</h2>
            <p>{t(k::ceremony::CONFIRM_LEAD)}</p>
            <CodeForm typed wrong problem=k::ceremony::CONFIRM_BAD go=k::ceremony::CONFIRM on_submit=Callback::new(check)/>
            <button class="plain" on:click=move |_| desk.stage.set(Stage::Code(again.clone()))>{t(k::ceremony::CODE_BACK)}</button>
        </section>
    }
}

/// A field for a recovery code with its button.
#[component]
pub(super) fn CodeForm(
    typed: RwSignal<String>,
    wrong: RwSignal<bool>,
    problem: crate::i18n::Key,
    go: crate::i18n::Key,
    on_submit: Callback<leptos::ev::SubmitEvent>,
) -> impl IntoView {
    view! {
        <form on:submit=move |event| on_submit.run(event)>
            <div class="field">
                <label for="code">{t(k::ceremony::CODE)}</label>
                <textarea id="code" class="mono" rows="3" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="code-wrong"
                    aria-invalid=move || wrong.get().to_string() prop:value=typed on:input=move |event| typed.set(event_target_value(&event))></textarea>
                <p id="code-wrong" class="field-problem" role="alert">{move || wrong.get().then(|| t(problem))}</p>
            </div>
            <button class="button primary">{t(go)}</button>
        </form>
    }
}
