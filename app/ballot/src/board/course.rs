//! The course of a poll: every entry but the votes, in the order in which they may come.

use super::ceremony::Ceremony;
use super::closing::Closing;
use super::key::KeyCeremony;
use crate::entry::{Approval, Building, Close, Entry, Kind, Payload, ResultEntry, RollPart, RollSummary, signed_part};
use crate::group::PointBytes;
use crate::hash::Digest;
use crate::roll::RollHash;
use crate::{Manifest, PollContext, Refusal, sign};
use std::sync::Arc;

/// Where a poll stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// No manifest yet.
    Empty,
    /// Ceremony, roll and approvals.
    Preparing,
    /// Ballots are taken.
    Open,
    /// Shares are taken.
    Closed,
    /// The result stands.
    Done,
}

/// The roll as it stands on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roll {
    /// Slots.
    pub slots: u32,
    /// Hash.
    pub hash: Digest,
    /// Slots per building.
    pub buildings: Vec<Building>,
}

/// An entry whose signatures and proofs have been checked; [`Course::apply`] takes nothing else.
#[derive(Clone, Debug)]
pub struct Checked {
    entry: Entry,
    bytes: Vec<u8>,
    manifest: Option<Manifest>,
}

impl Checked {
    /// The entry.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.entry
    }
}

/// Everything on a board but the votes.
#[derive(Clone, Debug, Default)]
pub struct Course {
    key: KeyCeremony,
    roll_hash: Option<RollHash>,
    roll: Option<Roll>,
    approvals: Vec<u8>,
    context: Option<Arc<PollContext>>,
    opened_at: Option<u64>,
    closing: Closing,
    result: Option<ResultEntry>,
}

impl Course {
    /// The empty board.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the poll stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match (
            self.manifest().is_some(),
            self.opened_at.is_some(),
            self.closing.close().is_some(),
            self.result.is_some(),
        ) {
            (.., true) => Phase::Done,
            (.., true, _) => Phase::Closed,
            (_, true, ..) => Phase::Open,
            (true, ..) => Phase::Preparing,
            _ => Phase::Empty,
        }
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(&self) -> Option<&Manifest> {
        self.key.manifest()
    }

    /// The key ceremony.
    #[must_use]
    pub fn ceremony(&self) -> Option<&Ceremony> {
        self.key.ceremony()
    }

    /// The joint key, once every trustee has confirmed it.
    #[must_use]
    pub fn joint_key(&self) -> Option<PointBytes> {
        self.key.joint_key()
    }

    /// The roll, once its summary stands.
    #[must_use]
    pub fn roll(&self) -> Option<&Roll> {
        self.roll.as_ref()
    }

    /// Clerks who have approved, as indices into the manifest.
    #[must_use]
    pub fn approvals(&self) -> &[u8] {
        &self.approvals
    }

    /// What ballots are bound to, once the joint key and the roll stand.
    #[must_use]
    pub fn context(&self) -> Option<&Arc<PollContext>> {
        self.context.as_ref()
    }

    /// When the poll was opened, milliseconds since 1970 UTC.
    #[must_use]
    pub fn opened_at(&self) -> Option<u64> {
        self.opened_at
    }

    /// The close entry.
    #[must_use]
    pub fn close(&self) -> Option<&Close> {
        self.closing.close()
    }

    /// Shares, and what they open.
    #[must_use]
    pub(crate) fn closing(&self) -> &Closing {
        &self.closing
    }

    /// Trustees whose shares of the sums stand.
    pub fn shares(&self) -> impl Iterator<Item = u8> {
        self.closing.shares().iter().map(|share| share.index)
    }

    /// The result.
    #[must_use]
    pub fn result(&self) -> Option<&ResultEntry> {
        self.result.as_ref()
    }

    /// Whether an entry of this kind may come in this phase.
    ///
    /// # Errors
    /// [`Refusal::PollNotOpen`] for votes, [`Refusal::OutOfOrder`] for everything else.
    pub fn allows(&self, kind: Kind) -> Result<(), Refusal> {
        let (phase, refusal) = match kind {
            Kind::Manifest => (Phase::Empty, Refusal::OutOfOrder),
            Kind::Commit | Kind::Reveal | Kind::Deal | Kind::Confirm | Kind::Rehearsal => {
                (Phase::Preparing, Refusal::OutOfOrder)
            }
            Kind::RollPart | Kind::RollSummary | Kind::Approval | Kind::Open => (Phase::Preparing, Refusal::OutOfOrder),
            Kind::Credential | Kind::Reissue | Kind::Ballot | Kind::Challenge => (Phase::Open, Refusal::PollNotOpen),
            Kind::Close => (Phase::Open, Refusal::OutOfOrder),
            Kind::Share | Kind::Result => (Phase::Closed, Refusal::OutOfOrder),
        };
        if self.phase() == phase { Ok(()) } else { Err(refusal) }
    }

    /// Decodes an entry, asks the order rules, and verifies signatures and proofs.
    ///
    /// # Errors
    /// The first [`Refusal`] found. Votes are refused as [`Refusal::OutOfOrder`]: they go through [`super::Slots`].
    pub fn check(&self, bytes: &[u8]) -> Result<Checked, Refusal> {
        let entry = Entry::decode(bytes)?;
        let manifest = match &entry.payload {
            Payload::Manifest(body) => Some(Manifest::parse(&body.0).map_err(|_| Refusal::BadManifest)?),
            _ => None,
        };
        let poll = manifest.as_ref().map(|m| m.poll).or(self.key.poll());
        if poll.is_some_and(|poll| poll != entry.poll) {
            return Err(Refusal::WrongPoll);
        }
        self.order(&entry.payload)?;
        self.proofs(&entry.payload, bytes)?;
        Ok(Checked { entry, bytes: bytes.to_vec(), manifest })
    }

    /// Takes in a checked entry as number `index` (from 0) of the board.
    ///
    /// # Errors
    /// [`Refusal`] where it may no longer come; nothing is changed then.
    pub fn apply(&mut self, checked: &Checked, index: u64) -> Result<(), Refusal> {
        let payload = &checked.entry.payload;
        self.order(payload)?;
        match payload {
            Payload::Manifest(_) if index == 0 => {
                let manifest = checked.manifest.clone().ok_or(Refusal::BadManifest)?;
                self.roll_hash = Some(RollHash::start(manifest.poll));
                self.key.begin(manifest);
            }
            Payload::RollPart(part) => self.roll_hash.as_mut().ok_or(Refusal::OutOfOrder)?.push(part),
            Payload::RollSummary(RollSummary { slots, hash, buildings }) => {
                self.roll = Some(Roll { slots: *slots, hash: *hash, buildings: buildings.clone() });
                self.settle_context()?;
            }
            Payload::Approval(approval) => self.approvals.push(approval.clerk),
            Payload::Open(open) => self.opened_at = Some(open.at),
            Payload::Close(close) if close.size == index => self.closing.apply_close(close),
            Payload::Close(_) => return Err(Refusal::WrongCount),
            Payload::Share(share) => self.closing.apply_share(share),
            Payload::Result(result) => self.result = Some(result.clone()),
            Payload::Manifest(_) | Payload::Credential(_) | Payload::Reissue(_) => {
                return Err(Refusal::OutOfOrder);
            }
            Payload::Ballot(_) | Payload::Challenge(_) => return Err(Refusal::OutOfOrder),
            _ => {
                self.key.ceremony_mut()?.apply(payload, &checked.bytes)?;
                self.settle_context()?;
            }
        }
        Ok(())
    }

    fn settle_context(&mut self) -> Result<(), Refusal> {
        if let (None, Some(manifest), Some(key), Some(roll)) =
            (&self.context, self.manifest(), self.joint_key(), &self.roll)
        {
            self.context = Some(Arc::new(PollContext::new(manifest.clone(), key, roll.hash, roll.slots)?));
        }
        Ok(())
    }

    /// Order rules: cheap comparisons.
    fn order(&self, payload: &Payload) -> Result<(), Refusal> {
        self.allows(payload.kind())?;
        match payload {
            Payload::Manifest(_) => Ok(()),
            Payload::RollPart(part) => self.order_roll_part(part),
            Payload::RollSummary(summary) => self.order_roll_summary(summary),
            Payload::Approval(approval) => self.order_approval(approval),
            Payload::Open(open) => self.order_open(open.at),
            Payload::Close(close) => self.closing.order_close(self.open_context()?, close),
            Payload::Share(share) => self.closing.order_share(self.open_context()?, share),
            Payload::Result(result) => self.closing.order_result(self.open_context()?, result),
            _ => self.ceremony().ok_or(Refusal::OutOfOrder)?.order(payload),
        }
    }

    fn open_context(&self) -> Result<&PollContext, Refusal> {
        self.context.as_deref().ok_or(Refusal::OutOfOrder)
    }

    fn order_roll_part(&self, part: &RollPart) -> Result<(), Refusal> {
        let hash = self.roll_hash.as_ref().filter(|_| self.roll.is_none()).ok_or(Refusal::OutOfOrder)?;
        if hash.slots().checked_add(1) != Some(part.first) {
            return Err(Refusal::WrongCount);
        }
        // Weight classes other than one head belong to a later version.
        if part.slots.iter().all(|slot| slot.weight == 1) { Ok(()) } else { Err(Refusal::WrongRoll) }
    }

    fn order_roll_summary(&self, summary: &RollSummary) -> Result<(), Refusal> {
        let hash = self.roll_hash.as_ref().filter(|_| self.roll.is_none()).ok_or(Refusal::OutOfOrder)?;
        let in_buildings: u64 = summary.buildings.iter().map(|b| u64::from(b.slots)).sum();
        if hash.slots() == 0 || summary.slots != hash.slots() || in_buildings != u64::from(summary.slots) {
            return Err(Refusal::WrongCount);
        }
        if hash.finish(&summary.buildings) == summary.hash { Ok(()) } else { Err(Refusal::WrongRoll) }
    }

    fn order_approval(&self, approval: &Approval) -> Result<(), Refusal> {
        let manifest = self.manifest().ok_or(Refusal::OutOfOrder)?;
        let (key, roll) = self.joint_key().zip(self.roll.as_ref()).ok_or(Refusal::OutOfOrder)?;
        if manifest.clerks.get(usize::from(approval.clerk)).is_none() {
            Err(Refusal::UnknownClerk)
        } else if self.approvals.contains(&approval.clerk) {
            Err(Refusal::AlreadyPosted)
        } else if approval.joint_key != key {
            Err(Refusal::WrongKey)
        } else if approval.roll_hash != roll.hash {
            Err(Refusal::WrongRoll)
        } else {
            Ok(())
        }
    }

    fn order_open(&self, at: u64) -> Result<(), Refusal> {
        let manifest = self.manifest().ok_or(Refusal::OutOfOrder)?;
        let ceremony = self.ceremony().ok_or(Refusal::OutOfOrder)?;
        if self.context.is_none() {
            Err(Refusal::OutOfOrder)
        } else if self.approvals.len() < usize::from(manifest.clerk_signatures) {
            Err(Refusal::TooFewSignatures)
        } else if ceremony.rehearsals() < usize::from(ceremony.threshold()) {
            Err(Refusal::TooFewRehearsals)
        } else if at < manifest.opens_at {
            Err(Refusal::TooEarly)
        } else {
            Ok(())
        }
    }

    /// Signatures and proofs: slow.
    fn proofs(&self, payload: &Payload, bytes: &[u8]) -> Result<(), Refusal> {
        match payload {
            Payload::Manifest(_) | Payload::RollPart(_) | Payload::RollSummary(_) | Payload::Open(_) => Ok(()),
            Payload::Approval(approval) => {
                let manifest = self.manifest().ok_or(Refusal::OutOfOrder)?;
                let clerk = manifest.clerks.get(usize::from(approval.clerk)).ok_or(Refusal::UnknownClerk)?;
                sign::verify(&clerk.key.0, manifest.hash(), signed_part(bytes), &approval.signature)
            }
            Payload::Close(close) => self.closing.check_close(close),
            Payload::Share(share) => {
                let ceremony = self.ceremony().ok_or(Refusal::OutOfOrder)?;
                self.closing.check_share(self.open_context()?, ceremony, share, bytes)
            }
            Payload::Result(result) => self.closing.check_result(self.open_context()?, result),
            _ => self.ceremony().ok_or(Refusal::OutOfOrder)?.check(payload, bytes),
        }
    }
}
