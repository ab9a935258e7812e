//! From the close entry to the result.

use super::ceremony::Ceremony;
use crate::entry::{Close, ResultEntry, Share, signed_part};
use crate::group::point;
use crate::proof::equality;
use crate::tally::{aggregate_hash, open_sums, share_statement};
use crate::{PollContext, Refusal, rule, sign};
use curve25519_dalek::{RistrettoPoint, Scalar};

/// The close entry and the shares that have come since.
#[derive(Clone, Debug, Default)]
pub(crate) struct Closing {
    close: Option<Close>,
    shares: Vec<Share>,
}

impl Closing {
    pub(crate) fn close(&self) -> Option<&Close> {
        self.close.as_ref()
    }

    pub(crate) fn shares(&self) -> &[Share] {
        &self.shares
    }

    pub(super) fn order_close(&self, context: &PollContext, close: &Close) -> Result<(), Refusal> {
        if close.at < context.manifest().closes_at {
            Err(Refusal::TooEarly)
        } else if close.aggregate.len() != context.manifest().option_count() {
            Err(Refusal::WrongAggregate)
        } else if close.counted > close.cast || close.counted > context.slots() {
            Err(Refusal::WrongCount)
        } else {
            Ok(())
        }
    }

    pub(super) fn check_close(&self, close: &Close) -> Result<(), Refusal> {
        close.aggregate.as_flattened().iter().try_for_each(|half| point(half).map(drop))
    }

    pub(super) fn apply_close(&mut self, close: &Close) {
        self.close = Some(close.clone());
    }

    pub(super) fn order_share(&self, context: &PollContext, share: &Share) -> Result<(), Refusal> {
        let close = self.close.as_ref().ok_or(Refusal::OutOfOrder)?;
        if close.counted < context.manifest().min_group {
            Err(Refusal::TooFewBallots)
        } else if !(1..=context.manifest().keys.n).contains(&share.index) {
            Err(Refusal::UnknownTrustee)
        } else if self.shares.iter().any(|s| s.index == share.index) {
            Err(Refusal::AlreadyPosted)
        } else if share.aggregate != aggregate_hash(context, &close.aggregate) {
            Err(Refusal::WrongAggregate)
        } else {
            Ok(())
        }
    }

    pub(super) fn check_share(
        &self,
        context: &PollContext,
        ceremony: &Ceremony,
        share: &Share,
        bytes: &[u8],
    ) -> Result<(), Refusal> {
        let close = self.close.as_ref().ok_or(Refusal::OutOfOrder)?;
        let commit = ceremony.commit_of(share.index).ok_or(Refusal::UnknownTrustee)?;
        sign::verify(&commit.signing_key, context.hash(), signed_part(bytes), &share.signature)?;
        let public = ceremony.public_share(share.index).ok_or(Refusal::UnknownTrustee)?;
        let bases: Vec<RistrettoPoint> = close.aggregate.iter().map(|[a, _]| point(a)).collect::<Result<_, _>>()?;
        let images: Vec<RistrettoPoint> = share.shares.iter().map(point).collect::<Result<_, _>>()?;
        let statement = equality::Statement { public: &public, bases: &bases, images: &images };
        statement.verify(&share_statement(context, share.index, &share.aggregate), &[share.challenge, share.response])
    }

    pub(super) fn apply_share(&mut self, share: &Share) {
        self.shares.push(share.clone());
    }

    /// Each sum's value times the base point, once enough shares stand.
    pub(crate) fn opened(&self, context: &PollContext) -> Result<Vec<RistrettoPoint>, Refusal> {
        let close = self.close.as_ref().ok_or(Refusal::OutOfOrder)?;
        open_sums(&close.aggregate, &self.shares, context.manifest().keys.k)
    }

    pub(super) fn order_result(&self, context: &PollContext, result: &ResultEntry) -> Result<(), Refusal> {
        let close = self.close.as_ref().ok_or(Refusal::OutOfOrder)?;
        let enough = close.counted >= context.manifest().min_group;
        match &result.questions {
            None if enough => Err(Refusal::WrongTotals),
            Some(_) if !enough => Err(Refusal::TooFewBallots),
            Some(_) if self.shares.len() < usize::from(context.manifest().keys.k) => Err(Refusal::TooFewShares),
            _ => Ok(()),
        }
    }

    pub(super) fn check_result(&self, context: &PollContext, result: &ResultEntry) -> Result<(), Refusal> {
        let Some(questions) = &result.questions else {
            return Ok(());
        };
        let close = self.close.as_ref().ok_or(Refusal::OutOfOrder)?;
        let shapes = context.manifest().questions.iter().map(|q| q.options.len());
        if !shapes.eq(questions.iter().map(|q| q.totals.len())) {
            return Err(Refusal::WrongTotals);
        }
        let totals = questions.iter().flat_map(|q| &q.totals);
        for (total, value) in totals.zip(self.opened(context)?) {
            if *total > close.counted || RistrettoPoint::mul_base(&Scalar::from(*total)) != value {
                return Err(Refusal::WrongTotals);
            }
        }
        let totals: Vec<&[u32]> = questions.iter().map(|q| q.totals.as_slice()).collect();
        let decision = rule::decide(context.manifest(), context.slots(), close.counted, &totals);
        let same = decision.questions.iter().map(|q| &q.outcome).eq(questions.iter().map(|q| &q.outcome));
        if same { Ok(()) } else { Err(Refusal::WrongOutcome) }
    }
}
