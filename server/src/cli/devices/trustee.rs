//! Trustees: the key ceremony, and opening the sums.

use super::{DeviceError, Result, board, course};
use ballot::verify::Options;
use ballot::{Manifest, RecoveryCode, Trustee, Verifier};
use rand_chacha::rand_core::CryptoRng;
use service::{Caller, Service};
use types::ids::PollId;
use types::polls::{Ceremony, CeremonyRound};
use types::{Timestamp, polls::PollState};

/// A trustee's browser: who is signed in, and the code from which all their secrets follow.
pub struct TrusteeDevice {
    /// The signed-in trustee.
    pub caller: Caller,
    /// The recovery code.
    pub code: RecoveryCode,
}

/// All rounds of the ceremony, every trustee in turn.
///
/// # Errors
/// [`DeviceError`] where the portal or a device refuses.
pub async fn hold_ceremony<R: CryptoRng>(
    service: &Service,
    poll: PollId,
    trustees: &[TrusteeDevice],
    rng: &mut R,
) -> Result<()> {
    for round in CeremonyRound::ALL {
        for device in trustees {
            let ceremony = service.ceremony(&device.caller, poll).await?;
            let bytes = step(&ceremony, round, &device.code, rng)?;
            service.post_ceremony_entry(&device.caller, poll, bytes).await?;
        }
    }
    Ok(())
}

fn step<R: CryptoRng>(ceremony: &Ceremony, round: CeremonyRound, code: &RecoveryCode, rng: &mut R) -> Result<Vec<u8>> {
    let course = course(&ceremony.entries)?;
    let manifest = course.manifest().ok_or_else(|| DeviceError::Unexpected("the board has no manifest".to_owned()))?;
    let me =
        ceremony.me.ok_or_else(|| DeviceError::Unexpected("this account is not a trustee of the poll".to_owned()))?;
    let trustee = Trustee::new(code, manifest, me)?;
    Ok(match round {
        CeremonyRound::Commit => trustee.commit(),
        CeremonyRound::Reveal => trustee.reveal(&course)?,
        CeremonyRound::Deal => trustee.deal(&course, rng)?,
        CeremonyRound::Confirm => trustee.confirm(&course)?,
        CeremonyRound::Rehearse => trustee.rehearse(&course)?,
    })
}

/// Every trustee given verifies the whole board and posts a share, until the result stands.
///
/// # Errors
/// [`DeviceError`] where the portal or a device refuses.
pub async fn open_sums(service: &Service, poll: PollId, trustees: &[TrusteeDevice], now: Timestamp) -> Result<()> {
    for device in trustees {
        let work = service.tally_work(&device.caller, poll).await?;
        if work.state == PollState::Finished {
            break;
        }
        let mut verifier = Verifier::new(Options::default());
        verifier.checkpoint(&work.checkpoint);
        let entries = board(service, &device.caller, poll).await?;
        entries.iter().for_each(|entry| verifier.push(&entry.bytes.0));
        for leaf in verifier.wanted() {
            if let Some(entry) = entries.iter().find(|entry| entry.leaf == leaf) {
                verifier.supply(leaf, &entry.bytes.0);
            }
        }
        let manifest = verifier.state().course().manifest().cloned();
        let share = share(&mut verifier, manifest.as_ref(), work.me, &device.code, now)?;
        service.post_share(&device.caller, poll, share).await?;
    }
    Ok(())
}

fn share(
    verifier: &mut Verifier,
    manifest: Option<&Manifest>,
    me: Option<u8>,
    code: &RecoveryCode,
    now: Timestamp,
) -> Result<Vec<u8>> {
    let (Some(manifest), Some(me)) = (manifest, me) else {
        return Err(DeviceError::Unexpected("this account is not a trustee of the poll".to_owned()));
    };
    let trustee = Trustee::new(code, manifest, me)?;
    Ok(trustee.share(&verifier.counted()?, u64::try_from(now.0).unwrap_or(0))?)
}
