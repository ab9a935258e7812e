//! Opening a challenged ballot: with the nonces, anyone can encrypt again and compare.

use super::check::{CheckedBallot, challenge_frame, decode_signed, frame};
use super::parse::ballot_hash;
use crate::entry::OpenedOption;
use crate::group::scalar;
use crate::{PollContext, Refusal, Tracker};
use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::{RistrettoPoint, Scalar};

/// What a challenged ballot holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedBallot {
    /// The tracker that the first device showed before the voter chose to challenge.
    pub tracker: Tracker,
    /// For each question, the indices of the chosen options.
    pub choices: Vec<Vec<u16>>,
}

/// Opens a challenge entry from the board on any device, knowing nothing but the poll.
///
/// # Errors
/// As for a ballot, without the slot's state, and [`Refusal::BadOpening`].
pub fn reveal(context: &PollContext, challenge: &[u8]) -> Result<OpenedBallot, Refusal> {
    let challenge = challenge_frame(context, challenge)?;
    let ballot = frame(context, &challenge.ballot)?;
    let checked = decode_signed(context, ballot, ballot_hash(&challenge.ballot), &challenge.ballot)?;
    open_options(context, &checked, &challenge.options)
}

pub(crate) fn open_options(
    context: &PollContext,
    checked: &CheckedBallot,
    options: &[OpenedOption],
) -> Result<OpenedBallot, Refusal> {
    if options.len() != context.manifest().option_count() {
        return Err(Refusal::BadOpening);
    }
    for (option, ciphertext) in options.iter().zip(checked.sealed().points()) {
        if option.value > 1 || !encrypts(context, option, ciphertext)? {
            return Err(Refusal::BadOpening);
        }
    }
    let mut values = options.iter().map(|option| option.value);
    let chosen = |options: u16| (0..options).zip(values.by_ref()).filter(|(_, v)| *v == 1).map(|(i, _)| i).collect();
    let choices = context.shapes().iter().map(|shape| shape.options).map(chosen).collect();
    Ok(OpenedBallot { tracker: checked.tracker(), choices })
}

fn encrypts(context: &PollContext, option: &OpenedOption, [a, c]: &[RistrettoPoint; 2]) -> Result<bool, Refusal> {
    let nonce = scalar(&option.nonce)?;
    let value = RISTRETTO_BASEPOINT_POINT * Scalar::from(option.value);
    Ok(RistrettoPoint::mul_base(&nonce) == *a && nonce * context.key_point() + value == *c)
}
