//! The receipt as a text file: what a trustee needs to prove that a box was changed.

use super::verdict::Verdict;
use crate::i18n::{k, t};
use crate::pages::polls::{keepsake::Kept, parts::tracker_path};
use crate::parts::time;
use types::ids::PollId;

/// The file's name.
pub(super) fn name(kept: &Kept) -> String {
    format!("{}.txt", tracker_path(&kept.tracker))
}

/// Poll, tracker, place and the last signed checkpoint.
pub(super) fn text(poll: PollId, kept: &Kept, seen: &Verdict) -> String {
    let mut lines = vec![
        t(k::ballot::FILE_TITLE).to_owned(),
        String::new(),
        format!("{}: {} ({poll})", t(k::ballot::FILE_POLL), kept.title),
        format!("{}: {}", t(k::ballot::FILE_TIME), time::exact(kept.at)),
        format!("{}: {}", t(k::ballot::TRACKER), kept.tracker),
        format!("{}: {}", t(k::ballot::PROOF_HASH), kept.hash),
        format!("leaf: {}", kept.leaf_hash),
    ];
    if let Verdict::Found(found) = seen {
        lines.push(format!("{}: {}", t(k::ballot::PROOF_PLACE), found.leaf));
        lines.push(format!("{}:\n\n{}", t(k::ballot::PROOF_CHECKPOINT), found.head.note));
    }
    lines.push(t(k::ballot::FILE_KEEP).to_owned());
    lines.join("\n")
}
