//! The whole board: the course of the poll and its votes.

use super::course::{Checked, Course};
use super::slots::{Replaced, Slots, Vote};
use crate::entry::{Credential, Kind, Payload, Reissue, kind_of};
use crate::sealed::{self, CheckedBallot};
use crate::{PollContext, Refusal};
use std::sync::Arc;

/// An entry whose signatures and proofs have been checked.
pub enum CheckedEntry {
    /// Anything but a vote.
    Course(Box<Checked>),
    /// A first credential.
    Credential(Credential),
    /// A re-issued credential.
    Reissue(Reissue),
    /// A ballot.
    Ballot(Box<CheckedBallot>),
    /// A challenge; the ballot that was opened.
    Challenge(Box<CheckedBallot>),
}

/// A board as far as it has been read.
#[derive(Clone, Default)]
pub struct State {
    course: Course,
    slots: Slots,
    size: u64,
}

impl State {
    /// The empty board.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything but the votes.
    #[must_use]
    pub fn course(&self) -> &Course {
        &self.course
    }

    /// The votes.
    #[must_use]
    pub fn slots(&self) -> &Slots {
        &self.slots
    }

    /// Entries.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Checks an entry completely, as the server does before it appends one.
    ///
    /// # Errors
    /// The first [`Refusal`] found.
    pub fn check(&self, bytes: &[u8]) -> Result<CheckedEntry, Refusal> {
        let kind = kind_of(bytes)?;
        if !is_vote(kind) {
            return Ok(CheckedEntry::Course(Box::new(self.course.check(bytes)?)));
        }
        let context = self.open_for(kind)?;
        Ok(match kind {
            Kind::Credential => CheckedEntry::Credential(sealed::check_credential(context, bytes)?),
            Kind::Reissue => CheckedEntry::Reissue(sealed::check_reissue(context, bytes)?),
            Kind::Challenge => {
                let inner = sealed::challenge_frame(context, bytes)?.ballot;
                let credential = self.slots.credential(&sealed::frame(context, &inner)?.credential);
                let checked = sealed::check_challenge(context, credential.as_ref(), bytes)?;
                CheckedEntry::Challenge(Box::new(checked.ballot))
            }
            _ => {
                let credential = self.slots.credential(&sealed::frame(context, bytes)?.credential);
                CheckedEntry::Ballot(Box::new(sealed::check_ballot(context, credential.as_ref(), bytes)?))
            }
        })
    }

    pub(crate) fn open_for(&self, kind: Kind) -> Result<&Arc<PollContext>, Refusal> {
        self.course.allows(kind)?;
        self.course.context().ok_or(Refusal::PollNotOpen)
    }

    /// Takes in a checked entry as the next one. Returns the ballot that it replaces, if it does.
    ///
    /// # Errors
    /// [`Refusal`] where it may not come now; nothing is changed then.
    pub fn apply(&mut self, checked: &CheckedEntry) -> Result<Option<Replaced>, Refusal> {
        let replaced = match checked {
            CheckedEntry::Course(entry) => {
                if let Payload::Close(close) = &entry.entry().payload {
                    let counts = (self.slots.cast(), self.slots.challenged(), self.slots.counted());
                    if counts != (close.cast, close.challenged, close.counted) {
                        return Err(Refusal::WrongCount);
                    }
                }
                self.course.apply(entry, self.size).map(|()| None)
            }
            CheckedEntry::Credential(credential) => {
                self.course.allows(Kind::Credential)?;
                self.slots.register(credential).map(|()| None)
            }
            CheckedEntry::Reissue(reissue) => {
                self.course.allows(Kind::Reissue)?;
                self.slots.reissue(reissue).map(|()| None)
            }
            CheckedEntry::Ballot(ballot) => {
                self.course.allows(Kind::Ballot)?;
                self.slots.cast_ballot(&ballot.vote(), self.size)
            }
            CheckedEntry::Challenge(ballot) => {
                self.course.allows(Kind::Challenge)?;
                self.slots.challenge(&ballot.vote()).map(|()| None)
            }
        }?;
        self.size += 1;
        Ok(replaced)
    }

    /// Takes in a ballot, or a challenged ballot, whose signature and proofs are checked elsewhere.
    pub(crate) fn apply_vote(&mut self, kind: Kind, vote: &Vote<'_>) -> Result<Option<Replaced>, Refusal> {
        self.course.allows(kind)?;
        let replaced = match kind {
            Kind::Challenge => self.slots.challenge(vote).map(|()| None),
            _ => self.slots.cast_ballot(vote, self.size),
        }?;
        self.size += 1;
        Ok(replaced)
    }

    /// An entry that was refused still has its place on the board: the verifier counts it and goes on.
    pub(crate) fn skip(&mut self) {
        self.size += 1;
    }
}

/// Whether entries of this kind are votes, kept in [`Slots`].
pub(crate) fn is_vote(kind: Kind) -> bool {
    matches!(kind, Kind::Credential | Kind::Reissue | Kind::Ballot | Kind::Challenge)
}
