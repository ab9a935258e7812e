//! The browser's own dialog. It needs JavaScript: what must work without uses a page, or `<details>`.

use super::{Icon, icon, live};
use crate::i18n::{k, t};
use leptos::prelude::*;

/// A dialog that `open` opens; closing it, by Escape too, sets `open` back. Focus goes in and comes back by itself.
#[component]
pub(crate) fn Dialog(
    /// A name for the element, once on the page.
    id: &'static str,
    /// Opens and closes.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: String,
    children: Children,
) -> impl IntoView {
    Effect::new(move || live::set_dialog(id, open.get()));
    let heading = format!("{id}-title");
    let named_by = heading.clone();
    view! {
        <dialog id=id class="dialog" aria-labelledby=named_by on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id=heading>{title}</h2>
                <button type="button" class="plain" aria-label=t(k::parts::CLOSE) on:click=move |_| open.set(false)>
                    {icon(Icon::Cross)}
                </button>
            </div>
            {children()}
        </dialog>
    }
}
