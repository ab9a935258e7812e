//! Getting ready to seal: the board is read up to the opening of the poll and checked on this device, so that the key
//! the ballot is sealed to, the roll and the options are those that trustees and clerks signed, whatever the server says.

use crate::pages::polls::board::{Board, BoardError};
use crate::pages::polls::device::{DeviceRng, wall_clock};
use crate::pages::polls::keepsake::Keepsake;
use ballot::board::{Course, Phase};
use ballot::{Digest, PollContext, VoterKey};
use std::sync::Arc;
use types::polls::{PollPage, PollQuestion, TimelineKind, VotingContext};

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
    /// The board does not show an open poll.
    NotOpen,
    /// What the board says and what the page or the server says are not the same.
    Mismatch,
    /// The browser keeps nothing, or has no random source.
    NoMemory,
}

impl From<BoardError> for Trouble {
    fn from(error: BoardError) -> Self {
        match error {
            BoardError::Fetch(_) => Self::Offline,
            BoardError::Malformed | BoardError::Refused(_) => Self::Mismatch,
        }
    }
}

/// Reads and checks the board, and finds or makes this device's key.
pub(super) async fn get_ready(page: &PollPage, voting: VotingContext) -> Result<Ready, Trouble> {
    let ahead_ms = wall_clock().saturating_sub(voting.now.0);
    let poll = page.card.poll;
    let keepsake = match Keepsake::of(poll, voting.slot) {
        Some(keepsake) => keepsake,
        None => Keepsake::new(DeviceRng::open().ok_or(Trouble::NoMemory)?.seed()),
    };
    if !keepsake.keep(poll, voting.slot) {
        return Err(Trouble::NoMemory);
    }
    let context = opened(page).await?;
    let manifest = context.manifest();
    let same = manifest.title == page.card.title
        && manifest.questions.iter().map(shown).eq(page.questions.iter().cloned().map(unlabelled))
        && voting.joint_key.0 == *context.joint_key()
        && voting.roll_hash.0 == *context.roll_hash();
    if !same {
        return Err(Trouble::Mismatch);
    }
    let key = VoterKey::derive(&keepsake.seed.0, manifest.poll);
    Ok(Ready { context, key, keepsake, voting, ahead_ms })
}

async fn opened(page: &PollPage) -> Result<Arc<PollContext>, Trouble> {
    let opened = page.timeline.iter().find(|event| event.kind == TimelineKind::Opened);
    let size = opened.and_then(|event| event.leaf).ok_or(Trouble::NotOpen)?.saturating_add(1);
    let mut course = Course::new();
    Board::of(page.card.poll).read_course(&mut course, size).await?;
    let context = course.context().filter(|_| course.phase() == Phase::Open).ok_or(Trouble::NotOpen)?;
    if context.poll().0 == page.card.poll.0 { Ok(Arc::clone(context)) } else { Err(Trouble::Mismatch) }
}

/// A question of the manifest as the page shows it.
fn shown(question: &ballot::manifest::Question) -> PollQuestion {
    PollQuestion {
        title: question.text.clone(),
        options: question.options.iter().map(|option| option.text.clone()).collect(),
        min: question.min.into(),
        max: question.max.into(),
        yes_no: false,
    }
}

fn unlabelled(question: PollQuestion) -> PollQuestion {
    PollQuestion { yes_no: false, ..question }
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
