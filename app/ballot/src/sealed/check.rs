//! The list of docs/BALLOT.md, "A ballot is refused when", and the like for the other entries of voters.
//!
//! Everything here needs only the poll's context and the slot's state, so that a server checks without holding a
//! lock. What may have changed meanwhile is checked again when the entry is appended: that the poll is open, the
//! slot's generation, number and previous hash ([`admit`]), and that no ciphertext point is used twice.

use super::batch::{Batch, BatchItem};
use super::opening::{OpenedBallot, open_options};
use super::parse::{Sealed, ballot_hash};
use crate::board::Vote;
use crate::entry::{Ballot, Challenge, Entry, Payload, signed_part};
use crate::group::PointBytes;
use crate::hash::Digest;
use crate::{PollContext, Refusal, Tracker, sign};

/// A credential as the board has it, and the slot's last ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialState {
    /// The credential's key.
    pub key: [u8; 32],
    /// The slot it belongs to.
    pub slot: u32,
    /// Its generation; the first is 1.
    pub generation: u16,
    /// Whether a later generation has replaced it.
    pub superseded: bool,
    /// Number of the slot's last ballot, 0 for none; numbers go on when a credential is re-issued.
    pub last_number: u32,
    /// Hash of the slot's last ballot, zeros for none.
    pub last_hash: Digest,
}

/// A ballot that may be appended, if the board has not changed meanwhile.
pub struct CheckedBallot {
    ballot: Ballot,
    hash: Digest,
    item: BatchItem,
}

impl CheckedBallot {
    /// The ballot's fields.
    #[must_use]
    pub fn ballot(&self) -> &Ballot {
        &self.ballot
    }

    /// Slot of the roll.
    #[must_use]
    pub fn slot(&self) -> u32 {
        self.ballot.slot
    }

    /// The slot's how-manieth ballot, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.ballot.number
    }

    /// Hash of the slot's ballot before, zeros for the first.
    #[must_use]
    pub fn previous(&self) -> &Digest {
        &self.ballot.previous
    }

    /// The ballot's hash: [`CredentialState::last_hash`] from now on.
    #[must_use]
    pub fn hash(&self) -> &Digest {
        &self.hash
    }

    /// What the voter is shown.
    #[must_use]
    pub fn tracker(&self) -> Tracker {
        Tracker::of(&self.hash)
    }

    /// Every half of every ciphertext: none may stand on the board already, nor twice here.
    pub fn points(&self) -> impl Iterator<Item = &PointBytes> {
        self.item.0.ciphertexts.as_flattened().iter()
    }

    pub(crate) fn vote(&self) -> Vote<'_> {
        Vote { ballot: &self.ballot, hash: &self.hash, points: self.item.0.ciphertexts.as_flattened() }
    }

    pub(crate) fn sealed(&self) -> &Sealed {
        &self.item.0
    }

    pub(crate) fn into_item(self) -> BatchItem {
        self.item
    }

    pub(crate) fn item(&self) -> &BatchItem {
        &self.item
    }
}

/// A challenge that may be appended, if the board has not changed meanwhile.
pub struct CheckedChallenge {
    /// The ballot that was opened. Its points are used from now on; its number is not.
    pub ballot: CheckedBallot,
    /// What it holds.
    pub opened: OpenedBallot,
}

/// Reads the frame of a ballot, to find out which credential to look up. Checks size, encoding of the frame, and poll.
///
/// # Errors
/// [`Refusal::TooLarge`], [`Refusal::NotCanonical`], [`Refusal::WrongPoll`].
pub fn frame(context: &PollContext, bytes: &[u8]) -> Result<Ballot, Refusal> {
    if bytes.len() > context.ballot_size() {
        return Err(Refusal::TooLarge);
    }
    let entry = Entry::decode(bytes)?;
    let Payload::Ballot(ballot) = entry.payload else {
        return Err(Refusal::NotCanonical);
    };
    if entry.poll != context.poll() || ballot.context != *context.hash() {
        return Err(Refusal::WrongPoll);
    }
    if bytes.len() == context.ballot_size() { Ok(ballot) } else { Err(Refusal::NotCanonical) }
}

/// Whether a ballot with this hash is the slot's next. Cheap: comparisons only.
///
/// # Errors
/// [`Refusal::UnknownCredential`] to [`Refusal::WrongPrevious`], in the order of [`Refusal::ALL`].
pub fn admit(credential: Option<&CredentialState>, ballot: &Ballot, hash: &Digest) -> Result<(), Refusal> {
    let state = credential.filter(|c| c.key == ballot.credential).ok_or(Refusal::UnknownCredential)?;
    if state.superseded {
        Err(Refusal::SupersededCredential)
    } else if state.slot != ballot.slot {
        Err(Refusal::WrongSlot)
    } else if state.last_number > 0 && state.last_hash == *hash {
        Err(Refusal::Duplicate)
    } else if state.last_number.checked_add(1) != Some(ballot.number) {
        Err(Refusal::WrongNumber)
    } else if state.last_hash != ballot.previous {
        Err(Refusal::WrongPrevious)
    } else {
        Ok(())
    }
}

/// All but the proofs: frame, state, signature, points and scalars.
pub(crate) fn check_unproven(
    context: &PollContext,
    credential: Option<&CredentialState>,
    bytes: &[u8],
) -> Result<CheckedBallot, Refusal> {
    let ballot = frame(context, bytes)?;
    let hash = ballot_hash(bytes);
    admit(credential, &ballot, &hash)?;
    decode_signed(context, ballot, hash, bytes)
}

/// Signature, points and scalars of a framed ballot.
pub(crate) fn decode_signed(
    context: &PollContext,
    ballot: Ballot,
    hash: Digest,
    bytes: &[u8],
) -> Result<CheckedBallot, Refusal> {
    sign::verify(&ballot.credential, context.hash(), signed_part(bytes), &ballot.signature)?;
    let item = BatchItem(Sealed::decode(context, &ballot)?);
    Ok(CheckedBallot { ballot, hash, item })
}

/// Checks a ballot entry completely, except for what the board alone knows: see the module.
///
/// # Errors
/// The first [`Refusal`] in the order of [`Refusal::ALL`].
pub fn check_ballot(
    context: &PollContext,
    credential: Option<&CredentialState>,
    bytes: &[u8],
) -> Result<CheckedBallot, Refusal> {
    let checked = check_unproven(context, credential, bytes)?;
    let mut batch = Batch::new(context);
    batch.push(checked.item());
    if batch.holds() { Ok(checked) } else { Err(Refusal::BadProof) }
}

/// Checks many ballots of one poll: of each what [`check_ballot`] says, for less work. Every ballot is judged as if it were
/// alone: two of one slot cannot both be its next.
#[must_use]
pub fn check_ballots(
    context: &PollContext,
    ballots: &[(Option<CredentialState>, Vec<u8>)],
) -> Vec<Result<CheckedBallot, Refusal>> {
    let mut checked: Vec<_> =
        ballots.iter().map(|(credential, bytes)| check_unproven(context, credential.as_ref(), bytes)).collect();
    prove(context, &mut checked);
    checked
}

/// Refuses the ballots whose proofs fail: all at once, then by halves.
fn prove(context: &PollContext, checked: &mut [Result<CheckedBallot, Refusal>]) {
    let mut batch = Batch::new(context);
    checked.iter().flatten().for_each(|ballot| batch.push(ballot.item()));
    if batch.holds() {
        return;
    }
    if let [alone] = checked {
        *alone = Err(Refusal::BadProof);
        return;
    }
    let (left, right) = checked.split_at_mut(checked.len() / 2);
    prove(context, left);
    prove(context, right);
}

/// Checks a challenge entry: its ballot as one that could be cast, and that it opens to what is published.
///
/// # Errors
/// As [`check_ballot`], and [`Refusal::BadOpening`].
pub fn check_challenge(
    context: &PollContext,
    credential: Option<&CredentialState>,
    bytes: &[u8],
) -> Result<CheckedChallenge, Refusal> {
    let challenge = challenge_frame(context, bytes)?;
    let ballot = check_ballot(context, credential, &challenge.ballot)?;
    let opened = open_options(context, &ballot, &challenge.options)?;
    Ok(CheckedChallenge { ballot, opened })
}

pub(crate) fn challenge_frame(context: &PollContext, bytes: &[u8]) -> Result<Challenge, Refusal> {
    if bytes.len() > context.challenge_size() {
        return Err(Refusal::TooLarge);
    }
    let entry = Entry::decode(bytes)?;
    let Payload::Challenge(challenge) = entry.payload else {
        return Err(Refusal::NotCanonical);
    };
    if entry.poll == context.poll() { Ok(challenge) } else { Err(Refusal::WrongPoll) }
}
