//! The beginning of a board: the manifest, then the ceremony up to the last confirmation, which makes the poll's key. All that
//! a voter's device has to check before it seals anything to that key.

use super::ceremony::Ceremony;
use crate::entry::{Entry, Payload};
use crate::group::PointBytes;
use crate::{Manifest, PollId, Refusal};

/// The manifest and what makes the key, entry by entry.
#[derive(Clone, Debug, Default)]
pub struct KeyCeremony {
    begun: Option<(Manifest, Ceremony)>,
}

impl KeyCeremony {
    /// Before the first entry.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks the next entry, order, signature and proofs, and takes it in.
    ///
    /// # Errors
    /// The first [`Refusal`] found; nothing is changed then. [`Refusal::OutOfOrder`] also for entries of other kinds.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let entry = Entry::decode_key(bytes)?;
        match (&entry.payload, &mut self.begun) {
            (Payload::Manifest(body), None) => {
                let manifest = Manifest::parse(&body.0).map_err(|_| Refusal::BadManifest)?;
                if manifest.poll != entry.poll {
                    return Err(Refusal::WrongPoll);
                }
                self.begin(manifest);
                Ok(())
            }
            (payload, Some((manifest, ceremony))) => {
                if manifest.poll != entry.poll {
                    return Err(Refusal::WrongPoll);
                }
                ceremony.order(payload)?;
                ceremony.check_key(payload, bytes)?;
                ceremony.apply(payload, bytes)
            }
            _ => Err(Refusal::OutOfOrder),
        }
    }

    pub(super) fn begin(&mut self, manifest: Manifest) {
        let ceremony = Ceremony::new(&manifest);
        self.begun = Some((manifest, ceremony));
    }

    /// The poll.
    #[must_use]
    pub fn poll(&self) -> Option<PollId> {
        self.manifest().map(|manifest| manifest.poll)
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(&self) -> Option<&Manifest> {
        self.begun.as_ref().map(|(manifest, _)| manifest)
    }

    /// The manifest, and the joint key once every trustee has confirmed it.
    #[must_use]
    pub fn into_parts(self) -> Option<(Manifest, PointBytes)> {
        let key = self.joint_key()?;
        self.begun.map(|(manifest, _)| (manifest, key))
    }

    /// What the trustees have posted.
    #[must_use]
    pub fn ceremony(&self) -> Option<&Ceremony> {
        self.begun.as_ref().map(|(_, ceremony)| ceremony)
    }

    pub(super) fn ceremony_mut(&mut self) -> Result<&mut Ceremony, Refusal> {
        self.begun.as_mut().map(|(_, ceremony)| ceremony).ok_or(Refusal::OutOfOrder)
    }

    /// The joint key, once every trustee has confirmed it.
    #[must_use]
    pub fn joint_key(&self) -> Option<PointBytes> {
        self.ceremony().filter(|ceremony| ceremony.is_confirmed())?.joint_key()
    }
}
