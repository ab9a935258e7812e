//! Asking and checking, as one answer; the check itself is loaded when it is needed.

use super::{
    check::{Alarm, Found, check},
    find_ballot,
};
use crate::error::UiError;
use crate::pages::polls::{device::wall_clock, keepsake::Keepsake};
use leptos::prelude::*;
use types::{ErrorCode, Timestamp, ids::PollId};

/// What this device can say of its ballot now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Asked, not answered yet.
    Checking,
    /// Found and proved.
    Found(Found),
    /// No answer; nothing is known.
    Offline,
    /// What was found does not fit.
    Alarm(Alarm),
}

/// Asks for the ballot and checks the answer; what was proved is kept for the next time.
#[lazy]
pub(super) async fn verdict(poll: PollId, slot: u32) -> Verdict {
    let Some(mut keepsake) = Keepsake::of(poll, slot) else { return Verdict::Offline };
    let Some(kept) = keepsake.receipt.clone() else { return Verdict::Offline };
    let since = keepsake.head.as_ref().map(|head| head.size);
    let status = match find_ballot(poll, kept.tracker.clone(), since).await {
        Ok(status) => status,
        Err(UiError::Refused(problem)) if problem.code == ErrorCode::NotFound => return Verdict::Alarm(Alarm::Missing),
        // The board is shorter than the one seen before.
        Err(UiError::Refused(problem)) if problem.fields.iter().any(|wrong| wrong.field == "since") => {
            return Verdict::Alarm(Alarm::Fork);
        }
        Err(_) => return Verdict::Offline,
    };
    match check(&kept, keepsake.head.as_ref(), &status) {
        Ok(found) => {
            keepsake.head = Some(found.head.clone());
            keepsake.receipt =
                Some(crate::pages::polls::keepsake::Kept { checked_at: Some(Timestamp(wall_clock())), ..kept });
            let _ = keepsake.keep(poll, slot);
            Verdict::Found(found)
        }
        Err(alarm) => Verdict::Alarm(alarm),
    }
}
