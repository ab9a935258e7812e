//! What every proof and signature of an open poll is bound to.

use crate::Refusal;
use crate::entry::{Ballot, MAX_ENTRY};
use crate::group::{PointBytes, proper_point};
use crate::hash::{Digest, Hash};
use crate::manifest::{Manifest, PollId};
use crate::sealed::Shape;
use curve25519_dalek::RistrettoPoint;

/// An open poll: its manifest, joint key and roll. Cheap to keep, immutable; share it behind an `Arc`.
#[derive(Clone, Debug)]
pub struct PollContext {
    manifest: Manifest,
    joint_key: RistrettoPoint,
    joint_key_bytes: PointBytes,
    roll_hash: Digest,
    slots: u32,
    hash: Digest,
    shapes: Vec<Shape>,
}

impl PollContext {
    /// The context of a poll whose joint key, roll hash and number of slots stand on the board.
    ///
    /// # Errors
    /// [`Refusal::NotCanonical`] where the joint key is not a point, or is the identity.
    pub fn new(manifest: Manifest, joint_key: PointBytes, roll_hash: Digest, slots: u32) -> Result<Self, Refusal> {
        let hash = Hash::new("poll-context").part(&manifest.poll.0).part(manifest.hash());
        let hash = hash.part(&joint_key).part(&roll_hash).digest();
        let shapes = manifest.questions.iter().enumerate().map(Shape::of).collect();
        let point = proper_point(&joint_key)?;
        Ok(Self { manifest, joint_key: point, joint_key_bytes: joint_key, roll_hash, slots, hash, shapes })
    }

    /// `T("poll-context"; poll id, manifest hash, joint key, roll hash)`: stands in every ballot.
    #[must_use]
    pub fn hash(&self) -> &Digest {
        &self.hash
    }

    /// The poll's id.
    #[must_use]
    pub fn poll(&self) -> PollId {
        self.manifest.poll
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The key that ballots are sealed to.
    #[must_use]
    pub fn joint_key(&self) -> &PointBytes {
        &self.joint_key_bytes
    }

    /// The roll's hash.
    #[must_use]
    pub fn roll_hash(&self) -> &Digest {
        &self.roll_hash
    }

    /// Slots on the roll; they count from 1.
    #[must_use]
    pub fn slots(&self) -> u32 {
        self.slots
    }

    /// Bytes of every ballot of this poll: the bound to check before a body is read or decoded.
    #[must_use]
    pub fn ballot_size(&self) -> usize {
        Ballot::FRAME + self.shapes.iter().map(Shape::bytes).sum::<usize>()
    }

    /// The most bytes of a challenge of this poll.
    #[must_use]
    pub fn challenge_size(&self) -> usize {
        (crate::entry::HEADER + 4 + self.ballot_size() + 33 * self.manifest.option_count()).min(MAX_ENTRY)
    }

    pub(crate) fn key_point(&self) -> &RistrettoPoint {
        &self.joint_key
    }

    pub(crate) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }
}
