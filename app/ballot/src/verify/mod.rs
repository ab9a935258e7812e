//! The verifier: entries go in, in order; numbered steps come out.
//!
//! It keeps no ballot: a hash and a place for each slot, 16 bytes for each ciphertext point, one sum for each option.
//! A replaced ballot must leave the sum again, so its bytes are asked for once more at the end
//! ([`Verifier::wanted`]). Proofs are checked in batches ([`Options::batch`]), with the feature `parallel` on all cores
//! while the next entries are read. A browser pushes a few entries at a time and shows how far it is.

mod batch;
mod report;
mod tracked;
mod tree;

pub use report::{Finding, Report, Status, Step, StepReport, TrackerState};
pub use tree::Head;

use crate::board::{CheckedEntry, State, Vote, is_vote};
use crate::checkpoint::Witness;
use crate::entry::{Ballot, Ciphertext, Kind, Payload, kind_of};
use crate::hash::Digest;
use crate::sealed::{ballot_hash, challenge_frame, credential_frame, frame, points_of};
use crate::tally::aggregate_hash;
use crate::{Aggregate, PollContext, Refusal, Tracker, TrusteeError};
use batch::{Part, Queue, Queued, Work};
use curve25519_dalek::RistrettoPoint;
use report::Findings;
use std::collections::BTreeMap;
use std::sync::Arc;
use tracked::Tracked;
use tree::Tree;

/// What the verifier is told besides the board.
#[derive(Clone, Debug)]
pub struct Options {
    /// The manifest that the caller knows from elsewhere, if so: [`crate::Manifest::hash`].
    pub manifest: Option<Digest>,
    /// Heads seen before, which the tree must contain.
    pub heads: Vec<Head>,
    /// Witnesses whose cosignatures are checked.
    pub witnesses: Vec<Witness>,
    /// How many of them must have signed the last checkpoint.
    pub cosignatures: usize,
    /// The ballot to look for.
    pub tracker: Option<Tracker>,
    /// Ballots whose proofs are checked together. More are faster, fewer keep a page alive.
    pub batch: usize,
}

impl Default for Options {
    fn default() -> Self {
        let batch = if cfg!(feature = "parallel") { 64 } else { 32 };
        Self { manifest: None, heads: Vec::new(), witnesses: Vec::new(), cosignatures: 0, tracker: None, batch }
    }
}

/// The verifier of one board.
pub struct Verifier {
    options: Options,
    state: State,
    tree: Tree,
    findings: Findings,
    queue: Queue,
    /// What the checks refused and has not been reported yet.
    refused: Vec<(u64, Step, Refusal)>,
    sum: Option<Aggregate>,
    replaced: BTreeMap<u64, Digest>,
    tracked: Tracked,
}

impl Verifier {
    /// A verifier that has read nothing yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            tree: Tree::new(&options),
            tracked: Tracked::new(options.tracker),
            options,
            state: State::new(),
            findings: Findings::default(),
            queue: Queue::default(),
            refused: Vec::new(),
            sum: None,
            replaced: BTreeMap::new(),
        }
    }

    /// Entries read.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The root of what has been read.
    #[must_use]
    pub fn root(&self) -> Digest {
        self.tree.root()
    }

    /// The board as far as it has been read. Ballots may still wait for their proofs to be checked.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// A signed checkpoint (the text of the note): before the entries that it covers have all been read, or after
    /// the last one.
    pub fn checkpoint(&mut self, note: &str) {
        self.tree.add_note(note, self.state.course().manifest(), &mut self.findings);
    }

    /// The next entry.
    pub fn push(&mut self, bytes: &[u8]) {
        let index = self.tree.size();
        let kind = kind_of(bytes);
        if let Err(refusal) = self.take(kind, bytes, index) {
            self.findings.refused(Step::of(kind.ok(), refusal), index, refusal);
            self.state.skip();
        }
        self.tree.push(bytes, &mut self.findings);
        if self.queue.len() >= self.options.batch.max(1) {
            self.check();
        }
    }

    fn take(&mut self, kind: Result<Kind, Refusal>, bytes: &[u8], index: u64) -> Result<(), Refusal> {
        let kind = kind?;
        if matches!(kind, Kind::Ballot | Kind::Challenge) {
            return self.take_ballot(kind, bytes, index);
        }
        if kind == Kind::Credential {
            return self.take_credential(bytes, index);
        }
        if !is_vote(kind) {
            self.flush();
        }
        let checked = self.state.check(bytes)?;
        self.state.apply(&checked)?;
        if let CheckedEntry::Course(entry) = &checked {
            match &entry.entry().payload {
                Payload::Manifest(_) => self.settle_manifest(),
                Payload::Open(_) => self.sum = self.state.course().context().map(|c| Aggregate::new(c)),
                Payload::Close(close) if close.root != self.tree.root() => {
                    return self.note_close(index);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A close entry that names another tree: a finding, but the poll is closed all the same.
    fn note_close(&mut self, index: u64) -> Result<(), Refusal> {
        self.findings.refused(Step::Tree, index, Refusal::WrongRoot);
        Ok(())
    }

    fn settle_manifest(&mut self) {
        let manifest = self.state.course().manifest();
        if let (Some(manifest), Some(expected)) = (manifest, self.options.manifest)
            && *manifest.hash() != expected
        {
            self.findings.add(Step::Parameters, Some(0), "wrong-manifest");
        }
        self.tree.settle_notes(manifest, &mut self.findings);
    }

    /// The cheap half of a first credential; its signature waits in the queue.
    fn take_credential(&mut self, bytes: &[u8], index: u64) -> Result<(), Refusal> {
        let credential = credential_frame(self.state.open_for(Kind::Credential)?, bytes)?;
        self.state.apply(&CheckedEntry::Credential(credential.clone()))?;
        let (bytes, work) = (bytes.to_vec(), Work::Credential(credential));
        self.queue.push(Queued { index, bytes, work });
        Ok(())
    }

    /// The cheap half of a ballot; signature and proofs wait in the queue.
    fn take_ballot(&mut self, kind: Kind, bytes: &[u8], index: u64) -> Result<(), Refusal> {
        let (bytes, opening) = if kind == Kind::Challenge {
            let challenge = challenge_frame(self.state.open_for(kind)?, bytes)?;
            (challenge.ballot, Some(challenge.options))
        } else {
            (bytes.to_vec(), None)
        };
        let hash = ballot_hash(&bytes);
        let admitted = self.admit(kind, &bytes, &hash);
        let slot = admitted.as_ref().ok().map(|ballot| ballot.slot);
        self.tracked.see(index, &hash, opening.is_some(), slot);
        let work = Work::Ballot { ballot: admitted?, hash, opening };
        self.queue.push(Queued { index, bytes, work });
        Ok(())
    }

    fn admit(&mut self, kind: Kind, bytes: &[u8], hash: &Digest) -> Result<Ballot, Refusal> {
        let context = Arc::clone(self.state.open_for(kind)?);
        let ballot = frame(&context, bytes)?;
        let points = points_of(&context, &ballot)?;
        let replaced = self.state.apply_vote(kind, &Vote { ballot: &ballot, hash, points: &points })?;
        if let Some(replaced) = replaced {
            self.replaced.insert(replaced.index, replaced.hash);
        }
        Ok(ballot)
    }

    /// Lets what waits in the queue be checked.
    fn check(&mut self) {
        if let Some(context) = self.state.course().context().map(Arc::clone) {
            let parts = self.queue.check(&context);
            self.settle(parts);
        }
    }

    /// Checks what waits in the queue, to the end.
    fn flush(&mut self) {
        if let Some(context) = self.state.course().context().map(Arc::clone) {
            let parts = self.queue.end(&context);
            self.settle(parts);
        }
        self.refused.sort_unstable_by_key(|(index, step, _)| (*index, *step));
        for (index, step, refusal) in self.refused.drain(..) {
            self.findings.refused(step, index, refusal);
        }
    }

    fn settle(&mut self, parts: Vec<Part>) {
        for part in parts {
            part.failed.iter().for_each(|(index, ..)| self.tracked.refuse(*index));
            self.refused.extend(part.failed);
            if let Some(sum) = &mut self.sum {
                sum.merge(&part.sum);
            }
        }
    }

    /// The places of replaced ballots that have not been supplied yet, in order.
    #[must_use]
    pub fn wanted(&self) -> Vec<u64> {
        self.replaced.keys().copied().collect()
    }

    /// Entry `index` once more, one of [`Verifier::wanted`].
    pub fn supply(&mut self, index: u64, bytes: &[u8]) {
        self.flush();
        let (Some(context), Some(sum)) = (self.state.course().context(), &mut self.sum) else {
            return;
        };
        let expected = self.replaced.remove(&index);
        if expected != Some(ballot_hash(bytes)) || sum.subtract(context, bytes).is_err() {
            self.findings.add(Step::Aggregate, Some(index), "wrong-replaced-ballot");
        }
    }

    /// The sums of the ballots that count, once the board is closed and every step up to V9 holds: what a trustee's
    /// share is made from.
    ///
    /// # Errors
    /// [`TrusteeError::NotVerified`]; [`Verifier::finish`] says why.
    pub fn counted(&mut self) -> Result<Counted<'_>, TrusteeError> {
        let report = self.finish();
        let holds = Step::ALL.iter().take_while(|step| **step <= Step::Aggregate);
        if holds.clone().any(|step| report.status(*step) != Status::Passed) {
            return Err(TrusteeError::NotVerified);
        }
        let (Some(context), Some(sum)) = (self.state.course().context(), &self.sum) else {
            return Err(TrusteeError::NotVerified);
        };
        Ok(Counted { state: &self.state, context, sum })
    }

    /// The report on what has been read so far.
    pub fn finish(&mut self) -> Report {
        self.flush();
        let mut findings = self.findings.clone();
        self.tree.finish(&mut findings);
        let course = self.state.course();
        if self.size() > 0 && course.manifest().is_none() && !findings.any(Step::Parameters) {
            findings.refused(Step::Parameters, 0, Refusal::BadManifest);
        }
        if let (Some(close), Some(sum)) = (course.close(), &self.sum) {
            if !self.replaced.is_empty() {
                findings.add(Step::Aggregate, self.replaced.keys().next().copied(), "not-supplied");
            } else if sum.ciphertexts() != close.aggregate {
                findings.add(Step::Aggregate, None, Refusal::WrongAggregate.code());
            }
        }
        let tracker = self.tracked.state(self.state.slots());
        if let Some(state) = tracker
            && state != TrackerState::Counted
        {
            findings.add(Step::Tracker, None, state.code());
        }
        Report::new(&self.state, &self.tree, findings, tracker)
    }
}

/// The sums of a closed board that has been verified on this device.
pub struct Counted<'a> {
    state: &'a State,
    context: &'a Arc<PollContext>,
    sum: &'a Aggregate,
}

impl Counted<'_> {
    pub(crate) fn course(&self) -> &crate::board::Course {
        self.state.course()
    }

    pub(crate) fn context(&self) -> &PollContext {
        self.context
    }

    /// Ballots that count.
    #[must_use]
    pub fn ballots(&self) -> u32 {
        self.state.slots().counted()
    }

    /// The sums.
    #[must_use]
    pub fn sums(&self) -> Vec<Ciphertext> {
        self.sum.ciphertexts()
    }

    /// The sums' hash, which a share names: `aggregate` of docs/BALLOT.md. A trustee's client keeps it with what it has
    /// shared, and shares no other.
    #[must_use]
    pub fn aggregate(&self) -> Digest {
        aggregate_hash(self.context, &self.sums())
    }

    pub(crate) fn first_halves(&self) -> impl Iterator<Item = RistrettoPoint> {
        self.sum.first_halves()
    }
}
