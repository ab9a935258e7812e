//! The trustee's share of the sums.

use super::{Trustee, TrusteeError};
use crate::Refusal;
use crate::entry::Share;
use crate::group::encode;
use crate::proof::equality;
use crate::tally::share_statement;
use crate::verify::Counted;
use curve25519_dalek::RistrettoPoint;

impl Trustee {
    /// The share of the sums that this device computed itself from a board that it verified up to the close entry.
    /// There is no way to ask for anything else to be opened. `now` is this device's clock, milliseconds since 1970 UTC.
    ///
    /// # Errors
    /// [`TrusteeError::NotOver`], [`TrusteeError::Swapped`], [`Refusal::TooFewBallots`].
    pub fn share(&self, counted: &Counted<'_>, now: u64) -> Result<Vec<u8>, TrusteeError> {
        let (course, context) = (counted.course(), counted.context());
        let ceremony = self.own(course)?;
        if now < context.manifest().closes_at {
            return Err(TrusteeError::NotOver);
        }
        if counted.ballots() < context.manifest().min_group {
            return Err(Refusal::TooFewBallots.into());
        }
        let secret = self.secret(ceremony)?;
        let bases: Vec<RistrettoPoint> = counted.first_halves().collect();
        let images: Vec<RistrettoPoint> = bases.iter().map(|base| base * *secret).collect();
        let public = RistrettoPoint::mul_base(&secret);
        let statement = equality::Statement { public: &public, bases: &bases, images: &images };
        let aggregate = counted.aggregate();
        let proven = share_statement(context, self.index, &aggregate);
        let [challenge, response] = statement.prove(&proven, &secret, &self.nonce(&proven, &statement));
        let shares = images.iter().map(encode).collect();
        let body = Share { index: self.index, aggregate, shares, challenge, response, signature: [0; 64] };
        Ok(self.signed_in(context.hash(), body.into()))
    }
}
