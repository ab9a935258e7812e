//! Checking the proofs of many ballots by one multi-scalar multiplication.

use super::check::{CheckedBallot, CredentialState, check_unproven};
use super::parse::{Question, Sealed};
use crate::hash::Hash;
use crate::proof::equations::{Equations, Weights};
use crate::{PollContext, Refusal};
use curve25519_dalek::{RistrettoPoint, Scalar};

/// Ballots of one poll whose proofs are checked together. Signatures are checked before, one by one.
pub struct Batch<'a> {
    context: &'a PollContext,
    items: Vec<&'a BatchItem>,
}

/// A ballot whose proofs alone are left to check: see [`Batch::item`].
pub struct BatchItem(pub(crate) Sealed);

impl<'a> Batch<'a> {
    /// An empty batch.
    #[must_use]
    pub fn new(context: &'a PollContext) -> Self {
        Self { context, items: Vec::new() }
    }

    /// A ballot for a batch: everything of [`crate::check_ballot`] but the proofs.
    ///
    /// # Errors
    /// As [`crate::check_ballot`].
    pub fn item(
        context: &PollContext,
        credential: Option<&CredentialState>,
        bytes: &[u8],
    ) -> Result<BatchItem, Refusal> {
        check_unproven(context, credential, bytes).map(CheckedBallot::into_item)
    }

    /// Adds a ballot.
    pub fn push(&mut self, item: &'a BatchItem) {
        self.items.push(item);
    }

    /// Whether every proof of every ballot holds. If not, check smaller batches to find out which one fails.
    #[must_use]
    pub fn holds(&self) -> bool {
        let digests: Vec<[u8; 64]> = self.items.iter().map(|item| item.0.digest).collect();
        let mut weights = Weights::new(Hash::new("batch").part(self.context.hash()).arrays(&digests).wide());
        let mut equations = Equations::new(*self.context.key_point());
        let mut complete = true;
        for item in &self.items {
            for question in &item.0.questions {
                complete &= add(question, &mut weights, &mut equations).is_some();
            }
        }
        complete && equations.hold()
    }
}

/// Adds the equations of one question; `None` where points or scalars are missing, which decoding rules out.
fn add(question: &Question, weights: &mut Weights, equations: &mut Equations) -> Option<()> {
    let mut commitments = question.commitments.iter();
    let mut responses = question.responses.iter();
    // What the sum's branches ask of every ciphertext: the sum's halves are the sums of the options' halves.
    let mut of_options = vec![[Scalar::ZERO; 2]; question.ciphertexts.len()];
    for (i, range) in question.shape.ranges().enumerate() {
        let shown: Vec<Scalar> = responses.by_ref().take(range.len() - 1).copied().collect();
        let last = question.challenge - shown.iter().sum::<Scalar>();
        let (mut for_a, mut for_c) = (Scalar::ZERO, Scalar::ZERO);
        for (u, e) in range.values().zip(shown.into_iter().chain([last])) {
            let z = responses.next()?;
            let (first, second): (&RistrettoPoint, &RistrettoPoint) = (commitments.next()?, commitments.next()?);
            let (w1, w2) = (weights.draw(), weights.draw());
            // w1·(z·B − e·A − a) + w2·(z·K − e·C + e·u·B − b)
            equations.add_base(w1 * z + w2 * e * Scalar::from(u));
            equations.add_key(w2 * z);
            equations.add(-w1, *first);
            equations.add(-w2, *second);
            for_a -= w1 * e;
            for_c -= w2 * e;
        }
        let is_sum = i >= of_options.len();
        for [a, c] in of_options.iter_mut().skip(if is_sum { 0 } else { i }).take(if is_sum { usize::MAX } else { 1 }) {
            *a += for_a;
            *c += for_c;
        }
    }
    for ([for_a, for_c], [a, c]) in of_options.into_iter().zip(&question.ciphertexts) {
        equations.add(for_a, *a);
        equations.add(for_c, *c);
    }
    (commitments.next().is_none() && responses.next().is_none()).then_some(())
}
