//! Getting ready to seal: the key ceremony is read from the board and checked on this device, so that the ballot is
//! sealed to the trustees' key and for the published options, whatever the server says.

use super::calls::Start;
use crate::pages::polls::ceremony::check;
use crate::pages::polls::device::{DeviceRng, wall_clock};
use crate::pages::polls::keepsake::{Head, Keepsake};
use ballot::{Digest, PollContext, VoterKey, board::KeyCeremony};
use std::sync::Arc;
use types::bytes::Blob;
use types::ids::PollId;
use types::polls::{PollPage, PollQuestion, VotingContext};

/// All that a ballot needs.
pub(super) struct Ready {
    /// The poll as its board has it.
    pub(super) context: Arc<PollContext>,
    /// This device's key for the slot.
    pub(super) key: VoterKey,
    /// What this device keeps for the slot.
    pub(super) keepsake: Keepsake,
    /// What the server says of the slot.
    pub(super) voting: VotingContext,
    /// How far the device's clock is ahead of the server's, in milliseconds.
    pub(super) ahead_ms: i64,
}

/// Why nothing can be sealed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The network is away.
    Offline,
    /// What the board says and what the page or the server says are not the same.
    Mismatch,
    /// The server's proof that a ballot arrived does not hold.
    BadReceipt,
    /// The browser keeps nothing, or has no random source.
    NoMemory,
}

/// Reads and checks the board, and finds or makes this device's key.
pub(super) async fn get_ready(page: &PollPage, start: Start) -> Result<Ready, Trouble> {
    let Start { voting, ceremony } = start;
    let ahead_ms = wall_clock().saturating_sub(voting.now.0);
    let poll = page.card.poll;
    let keepsake = match Keepsake::of(poll, voting.slot) {
        Some(keepsake) => keepsake,
        None => Keepsake::new(DeviceRng::open().ok_or(Trouble::NoMemory)?.seed()),
    };
    if !keepsake.keep(poll, voting.slot) {
        return Err(Trouble::NoMemory);
    }
    let mut keepsake = keepsake;
    let context = Arc::new(context(poll, &voting, &ceremony, &mut keepsake).await?);
    let manifest = context.manifest();
    let same = manifest.title == page.card.title
        && *manifest.hash() == page.manifest_hash.0
        && manifest.questions.len() == page.questions.len()
        && manifest.questions.iter().zip(&page.questions).all(|(fixed, shown)| is_shown(fixed, shown));
    if !same {
        return Err(Trouble::Mismatch);
    }
    let key = VoterKey::derive(&keepsake.seed.0, manifest.poll);
    Ok(Ready { context, key, keepsake, voting, ahead_ms })
}

/// The manifest and the key as the board's first entries give them. Those entries are remembered: the receipt proves
/// later that they stand on the very board that holds the ballot.
async fn context(
    poll: PollId,
    voting: &VotingContext,
    ceremony: &[Blob],
    keepsake: &mut Keepsake,
) -> Result<PollContext, Trouble> {
    let mut board = KeyCeremony::new();
    let roots = check(ceremony.iter(), |bytes, _| board.take(bytes)).await.map_err(|_| Trouble::Mismatch)?;
    let (manifest, key) = board.into_parts().ok_or(Trouble::Mismatch)?;
    if key != voting.joint_key.0 || manifest.poll.0 != poll.0 {
        return Err(Trouble::Mismatch);
    }
    let head = u64::try_from(roots.len()).ok().zip(roots.last().copied());
    if let (None, Some((size, root))) = (&keepsake.head, head) {
        keepsake.head = Some(Head { size, root, note: String::new() });
    }
    PollContext::new(manifest, key, voting.roll_hash.0, voting.slots).map_err(|_| Trouble::Mismatch)
}

/// Whether the page shows this question of the manifest.
fn is_shown(fixed: &ballot::manifest::Question, shown: &PollQuestion) -> bool {
    fixed.text == shown.title
        && fixed.options.iter().map(|option| &option.text).eq(&shown.options)
        && (u32::from(fixed.min), u32::from(fixed.max)) == (shown.min, shown.max)
}

impl Ready {
    /// Number and hash of the slot's ballot before, for the next one.
    pub(super) fn last(&self) -> Option<(u32, Digest)> {
        let before = self.voting.next_number.checked_sub(1).filter(|number| *number > 0)?;
        Some((before, self.voting.previous_hash.0))
    }

    /// The slot is bound to another device's key.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.voting.credential.is_some_and(|credential| credential.key.0 != self.key.public())
    }

    /// This device's key has still to be registered.
    pub(super) fn is_new(&self) -> bool {
        self.voting.credential.is_none()
    }

    /// Keeps what is to be kept. What was kept before a failure here still stands.
    pub(super) fn keep(&self) {
        let _ = self.keepsake.keep(self.voting.poll, self.voting.slot);
    }
}
