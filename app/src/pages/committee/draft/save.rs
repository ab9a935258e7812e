//! Saving a step, on the server.

use super::{Step, part::Part};
use crate::{error::Answer, page::Site, parts::time};
use leptos::prelude::use_context;
use types::{
    Problem,
    ids::PollId,
    polls::{DraftSaved, PollDraft},
};

/// Writes the step into the stored draft.
pub(super) async fn save(poll: PollId, version: i64, part: Part) -> Answer<DraftSaved> {
    let draft = merged(poll, part, |_| {}).await?;
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.save_draft(&caller, poll, version, draft).await.map_err(of_form)?)
}

/// Writes the step, changes the draft further, and goes on to `next`.
pub(super) async fn save_and_go(
    poll: PollId,
    version: i64,
    part: Part,
    more: impl FnOnce(&mut PollDraft),
    next: Step,
) -> Answer<()> {
    let draft = merged(poll, part, more).await?;
    let (service, caller) = crate::ssr::door().await?;
    service.save_draft(&caller, poll, version, draft).await.map_err(of_form)?;
    crate::ssr::redirect(&format!("/committee/polls/{poll}/edit?step={}", next.name()));
    Ok(())
}

async fn merged(poll: PollId, part: Part, more: impl FnOnce(&mut PollDraft)) -> Answer<PollDraft> {
    let (service, caller) = crate::ssr::door().await?;
    let mut draft = service.draft(&caller, poll).await?.draft;
    let offset = use_context::<Site>().map_or(0, |site| site.offset_minutes);
    part.write(&mut draft, |text| time::from_field_at(text, offset)).map_err(of_form)?;
    more(&mut draft);
    Ok(draft)
}

/// A step's fields travel as `part[…]`: named so, a mistake stands beside its field.
pub(super) fn of_form(mut problem: Problem) -> Problem {
    for wrong in &mut problem.fields {
        wrong.field = format!("part[{}]", wrong.field);
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_named_as_its_input_is() {
        assert_eq!(of_form(Problem::field("min_age", "number")), Problem::field("part[min_age]", "number"));
    }
}
