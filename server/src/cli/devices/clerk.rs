//! Clerks: from a draft to a poll that waits for its opening time.

use super::{DeviceError, Result, TrusteeDevice, course, hold_ceremony};
use ballot::RecoveryCode;
use rand_chacha::rand_core::CryptoRng;
use service::{Caller, Service};
use types::bytes::Hex32;
use types::ids::{AreaId, PollId};
use types::polls::PollDraft;

/// A clerk's browser: who is signed in, and the code that brings back their signing key.
pub struct ClerkDevice {
    /// The signed-in clerk.
    pub caller: Caller,
    /// The recovery code of the signing key.
    pub code: RecoveryCode,
}

impl ClerkDevice {
    /// Makes the key known to the portal.
    ///
    /// # Errors
    /// Those of [`Service::register_clerk_key`].
    pub async fn register_key(&self, service: &Service) -> Result<()> {
        let key = self.code.clerk_key().public();
        service.register_clerk_key(&self.caller, Hex32(key.0)).await?;
        Ok(())
    }

    /// Checks the board and signs the opening.
    async fn sign(&self, service: &Service, poll: PollId) -> Result<()> {
        let opening = service.opening(&self.caller, poll).await?;
        let course = course(&opening.entries)?;
        let manifest =
            course.manifest().ok_or_else(|| DeviceError::Unexpected("the board has no manifest".to_owned()))?;
        let entry = self.code.clerk_key().approve(manifest, opening.joint_key.0, opening.roll_hash.0)?;
        service.sign_opening(&self.caller, poll, entry).await?;
        Ok(())
    }
}

/// A poll as a clerk brings it along: the draft, and files that its text shows as `![what](file:NAME)`.
#[derive(Debug, Clone, Default)]
pub struct Proposal {
    /// The draft.
    pub draft: PollDraft,
    /// Names and contents.
    pub files: Vec<(&'static str, &'static [u8])>,
}

impl From<PollDraft> for Proposal {
    fn from(draft: PollDraft) -> Self {
        Self { draft, files: Vec::new() }
    }
}

/// Drafts, publishes, lets the trustees make the key (none: a system key), freezes the roll, and lets every clerk given sign.
///
/// # Errors
/// [`DeviceError`] where the portal or a device refuses.
pub async fn prepare_poll<R: CryptoRng>(
    service: &Service,
    area: AreaId,
    proposal: impl Into<Proposal>,
    clerks: &[ClerkDevice],
    trustees: &[TrusteeDevice],
    rng: &mut R,
) -> Result<PollId> {
    let Some(first) = clerks.first() else {
        return Err(DeviceError::Unexpected("it takes a clerk".to_owned()));
    };
    let page = service.create_draft(&first.caller, area, None).await?;
    let Proposal { mut draft, files } = proposal.into();
    for (name, bytes) in files {
        let file = service.attach_file(&first.caller, page.poll, name, bytes.to_vec()).await?;
        draft.text = draft.text.replace(&format!("(file:{name})"), &format!("(attachment:{})", file.id));
    }
    let saved = service.save_draft(&first.caller, page.poll, page.version, draft).await?;
    service.publish_poll(&first.caller, page.poll, saved.version).await?;
    if !trustees.is_empty() {
        hold_ceremony(service, page.poll, trustees, rng).await?;
    }
    service.freeze_roll(&first.caller, page.poll).await?;
    for clerk in clerks {
        clerk.sign(service, page.poll).await?;
    }
    Ok(page.poll)
}
