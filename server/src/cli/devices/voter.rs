//! Voters: a seed made on the device, a credential, and sealed ballots.

use super::Result;
use ballot::voter::SealedBallot;
use ballot::{Manifest, PollContext, Sealing, VoterKey};
use rand_chacha::rand_core::CryptoRng;
use service::{Caller, Service};
use types::ids::PollId;
use types::polls::{CastAnswer, VotingContext};

/// A voter's phone.
#[derive(Debug, Clone)]
pub struct VoterDevice {
    /// Made on the device, never leaves it.
    pub seed: [u8; 32],
}

/// What a phone sends: its credential first, if the slot has none, then the ballot.
pub struct Prepared {
    /// The credential entry.
    pub credential: Option<Vec<u8>>,
    /// The ballot entry, its hash and its tracker.
    pub ballot: SealedBallot,
}

impl VoterDevice {
    /// Seals `choices`: for each question the indices of the chosen options.
    ///
    /// # Errors
    /// [`super::DeviceError`] where the context is not a poll's, or the choices do not fit it.
    pub fn prepare<R: CryptoRng>(&self, given: &VotingContext, choices: &[Vec<u16>], rng: &mut R) -> Result<Prepared> {
        let manifest = Manifest::parse(&given.manifest.0)?;
        let key = VoterKey::derive(&self.seed, manifest.poll);
        let context = PollContext::new(manifest, given.joint_key.0, given.roll_hash.0, given.slots)?;
        let credential = given.credential.is_none().then(|| key.credential(&context, given.slot));
        let last =
            given.next_number.checked_sub(1).filter(|number| *number > 0).map(|number| (number, given.previous_hash.0));
        let sealing = Sealing::new(&context, &key, given.slot, last, choices)?;
        let ballot = sealing.run(rng).map_err(|error| super::DeviceError::Unexpected(error.to_string()))?;
        Ok(Prepared { credential, ballot })
    }

    /// Votes: asks for the context, registers the credential if need be, seals, casts.
    ///
    /// # Errors
    /// [`super::DeviceError`] where the portal or the device refuses.
    pub async fn vote<R: CryptoRng>(
        &self,
        service: &Service,
        caller: &Caller,
        poll: PollId,
        choices: &[Vec<u16>],
        rng: &mut R,
    ) -> Result<CastAnswer> {
        let given = service.voting_context(caller, poll).await?;
        let prepared = self.prepare(&given, choices, rng)?;
        if let Some(credential) = prepared.credential {
            service.register_credential(caller, poll, credential).await?;
        }
        Ok(service.cast_ballot(caller, poll, prepared.ballot.bytes).await?)
    }
}
