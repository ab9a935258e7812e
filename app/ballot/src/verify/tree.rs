//! Step V2: the tree, its checkpoints, and the heads that were seen before.

use super::report::Findings;
use super::{Options, Step};
use crate::Manifest;
use crate::checkpoint::{CheckpointError, Note, Witness};
use crate::merkle::{Frontier, TreeHash, leaf_hash};
use std::collections::BTreeSet;

/// A tree that was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Entries.
    pub size: u64,
    /// Root.
    pub root: TreeHash,
}

pub(super) struct Tree {
    frontier: Frontier,
    /// Heads still to come, and the finding where the tree differs.
    expected: Vec<(Head, &'static str)>,
    /// Notes that wait for the manifest, which names the log's key.
    notes: Vec<String>,
    witnesses: Vec<Witness>,
    needed: usize,
    /// The largest checkpoint, and how many witnesses have signed it.
    covered: Option<(u64, usize)>,
}

impl Tree {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            frontier: Frontier::new(),
            expected: options.heads.iter().map(|head| (*head, "forked-head")).collect(),
            notes: Vec::new(),
            witnesses: options.witnesses.clone(),
            needed: options.cosignatures,
            covered: None,
        }
    }

    pub(super) fn size(&self) -> u64 {
        self.frontier.size()
    }

    pub(super) fn root(&self) -> TreeHash {
        self.frontier.root()
    }

    /// Witnesses who have signed the largest checkpoint.
    pub(super) fn cosigned(&self) -> usize {
        self.covered.map_or(0, |(_, witnesses)| witnesses)
    }

    pub(super) fn push(&mut self, entry: &[u8], findings: &mut Findings) {
        self.frontier.append(leaf_hash(entry));
        self.compare(findings);
    }

    pub(super) fn add_note(&mut self, note: &str, manifest: Option<&Manifest>, findings: &mut Findings) {
        self.notes.push(note.to_owned());
        if manifest.is_some() {
            self.settle_notes(manifest, findings);
        }
    }

    pub(super) fn settle_notes(&mut self, manifest: Option<&Manifest>, findings: &mut Findings) {
        let Some(manifest) = manifest else { return };
        for note in std::mem::take(&mut self.notes) {
            match self.read(&note, manifest) {
                Err(CheckpointError::Malformed) => findings.add(Step::Tree, None, "malformed-checkpoint"),
                Err(CheckpointError::WrongOrigin) => findings.add(Step::Tree, None, "other-log"),
                Err(CheckpointError::BadSignature) => findings.add(Step::Tree, None, "unsigned-checkpoint"),
                Ok((head, _)) if head.size < self.size() => findings.add(Step::Tree, None, "late-checkpoint"),
                Ok((head, witnesses)) => {
                    self.expected.push((head, "wrong-checkpoint"));
                    if self.covered.is_none_or(|(size, _)| size <= head.size) {
                        self.covered = Some((head.size, witnesses));
                    }
                }
            }
        }
        self.compare(findings);
    }

    fn read(&self, note: &str, manifest: &Manifest) -> Result<(Head, usize), CheckpointError> {
        let note = Note::parse(note)?;
        let checkpoint = note.checkpoint(&manifest.log.origin, &manifest.log.key.0)?;
        let cosigners: BTreeSet<_> = note.cosignatures(&self.witnesses)?.into_iter().map(|c| c.key).collect();
        Ok((Head { size: checkpoint.size, root: checkpoint.root }, cosigners.len()))
    }

    fn compare(&mut self, findings: &mut Findings) {
        let (size, root) = (self.size(), self.frontier.root());
        self.expected.retain(|(head, finding)| {
            let reached = head.size == size;
            if reached && head.root != root {
                findings.add(Step::Tree, size.checked_sub(1), finding);
            }
            !reached
        });
    }

    pub(super) fn finish(&self, findings: &mut Findings) {
        for (head, _) in &self.expected {
            findings.add(Step::Tree, Some(head.size), "missing-entries");
        }
        match self.covered {
            None => findings.add(Step::Tree, None, "no-checkpoint"),
            Some((size, _)) if size < self.size() => findings.add(Step::Tree, Some(size), "uncovered-entries"),
            Some((_, witnesses)) if witnesses < self.needed => {
                findings.add(Step::Tree, None, "too-few-cosignatures");
            }
            Some(_) => {}
        }
    }
}
