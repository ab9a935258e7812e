//! Decoding what is sealed in a ballot, and the challenge of its proofs.

use super::Shape;
use crate::bytes::Reader;
use crate::entry::{Ballot, Ciphertext};
use crate::group::{PointBytes, ScalarBytes, point, proper_point, scalar};
use crate::hash::{Digest, Hash};
use crate::{PollContext, Refusal};
use curve25519_dalek::{RistrettoPoint, Scalar};

/// The hash that names a ballot: `T("ballot"; entry bytes)`. The tracker is its first 10 bytes.
pub fn ballot_hash(entry: &[u8]) -> Digest {
    Hash::new("ballot").part(entry).digest()
}

/// One question's bytes, split but not yet decoded.
pub(crate) struct Parts {
    pub(crate) ciphertexts: Vec<Ciphertext>,
    pub(crate) commitments: Vec<PointBytes>,
    pub(crate) responses: Vec<ScalarBytes>,
}

impl Parts {
    pub(crate) fn split(shape: &Shape, from: &mut Reader<'_>) -> Result<Self, Refusal> {
        let halves = from.arrays::<32>(2 * usize::from(shape.options))?;
        Ok(Self {
            ciphertexts: halves.as_chunks::<2>().0.to_vec(),
            commitments: from.arrays(shape.commitment_bytes() / 32)?,
            responses: from.arrays(shape.response_bytes() / 32)?,
        })
    }
}

/// Both halves of every ciphertext of a ballot, as bytes; nothing is decoded.
pub(crate) fn points_of(context: &PollContext, ballot: &Ballot) -> Result<Vec<PointBytes>, Refusal> {
    let mut reader = Reader::new(&ballot.sealed);
    let mut points = Vec::new();
    for shape in context.shapes() {
        points.extend_from_slice(Parts::split(shape, &mut reader)?.ciphertexts.as_flattened());
    }
    Ok(points)
}

/// The challenge of one question: everything that its proofs speak about, then every commitment.
pub(crate) fn challenge_of(
    context: &PollContext,
    ballot: &Ballot,
    shape: &Shape,
    ciphertexts: &[Ciphertext],
    commitments: &[PointBytes],
) -> Scalar {
    Hash::new("ballot-proof")
        .part(context.hash())
        .part(context.joint_key())
        .part(&ballot.credential)
        .part(&ballot.slot.to_be_bytes())
        .part(&ballot.number.to_be_bytes())
        .part(&ballot.previous)
        .part(&shape.index.to_be_bytes())
        .part(&shape.options.to_be_bytes())
        .part(&shape.sum.lo.to_be_bytes())
        .part(&shape.sum.hi.to_be_bytes())
        .arrays(ciphertexts.as_flattened())
        .arrays(commitments)
        .scalar()
}

/// One question of a ballot, decoded.
pub(crate) struct Question {
    pub(crate) shape: Shape,
    pub(crate) ciphertexts: Vec<[RistrettoPoint; 2]>,
    pub(crate) commitments: Vec<RistrettoPoint>,
    pub(crate) responses: Vec<Scalar>,
    pub(crate) challenge: Scalar,
}

/// A ballot whose points and scalars are decoded; nothing is proven yet.
pub(crate) struct Sealed {
    pub(crate) questions: Vec<Question>,
    /// Every ciphertext as it stands in the ballot.
    pub(crate) ciphertexts: Vec<Ciphertext>,
    /// Binds all that is checked: for the weights of a batch.
    pub(crate) digest: [u8; 64],
}

impl Sealed {
    pub(crate) fn decode(context: &PollContext, ballot: &Ballot) -> Result<Self, Refusal> {
        let mut reader = Reader::new(&ballot.sealed);
        let mut sealed = Self { questions: Vec::new(), ciphertexts: Vec::new(), digest: [0; 64] };
        let mut digest = Hash::new("batch-ballot").part(&ballot.sealed);
        for shape in context.shapes() {
            let parts = Parts::split(shape, &mut reader)?;
            let challenge = challenge_of(context, ballot, shape, &parts.ciphertexts, &parts.commitments);
            digest = digest.part(challenge.as_bytes());
            let pair = |[a, c]: &Ciphertext| Ok([proper_point(a)?, proper_point(c)?]);
            sealed.questions.push(Question {
                shape: *shape,
                ciphertexts: parts.ciphertexts.iter().map(pair).collect::<Result<_, _>>()?,
                commitments: parts.commitments.iter().map(point).collect::<Result<_, _>>()?,
                responses: parts.responses.iter().map(scalar).collect::<Result<_, _>>()?,
                challenge,
            });
            sealed.ciphertexts.extend(parts.ciphertexts);
        }
        reader.end()?;
        sealed.digest = digest.wide();
        Ok(sealed)
    }

    /// All ciphertexts as points, in order.
    pub(crate) fn points(&self) -> impl Iterator<Item = &[RistrettoPoint; 2]> {
        self.questions.iter().flat_map(|q| &q.ciphertexts)
    }
}
