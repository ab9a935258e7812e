//! Files of a draft.

use super::files;
use crate::{Caller, Result, Service, policy::Action, polls::convert::stored};
use sha2::{Digest as _, Sha256};
use store::polls::AttachmentRecord;
use types::{
    ErrorCode, Problem,
    ids::{AttachmentId, PollId},
    polls::{ATTACHMENT_BYTES_MAX, Attachment, PollState},
};

/// A file of a poll.
#[derive(Debug, Clone)]
pub struct AttachedFile {
    /// Name, kind, size.
    pub about: Attachment,
    /// What it holds.
    pub content: Vec<u8>,
    /// The poll is published: anybody may see the file, and it never changes any more.
    pub published: bool,
}

impl Service {
    /// Adds a file; pictures lose what the camera wrote into them.
    ///
    /// # Errors
    /// `TooLarge`, `WrongFile` (the kind is found from the content: PNG, JPEG, WebP, PDF), `Invalid` with field `file`
    /// (`too-many`) for the eleventh, `WrongState` once it is published.
    pub async fn attach_file(&self, caller: &Caller, poll: PollId, name: &str, bytes: Vec<u8>) -> Result<Attachment> {
        self.open_draft(caller, poll, Action::DraftPoll).await?;
        if bytes.len() > ATTACHMENT_BYTES_MAX {
            return Err(ErrorCode::TooLarge.into());
        }
        let mime = files::kind(&bytes)?;
        let bytes = files::without_metadata(mime, bytes);
        let file = AttachmentRecord {
            id: AttachmentId(self.new_id()),
            poll,
            name: files::name(name)?,
            mime: mime.to_owned(),
            sha256: Sha256::digest(&bytes).into(),
            size: stored(bytes.len() as u64),
        };
        if self.store().add_attachment(&file, &bytes).await? {
            Ok(files::travelling(file))
        } else {
            Err(Problem::field("file", "too-many"))
        }
    }

    /// Removes a file.
    ///
    /// # Errors
    /// `NotFound`, `WrongState` once it is published.
    pub async fn detach_file(&self, caller: &Caller, poll: PollId, file: AttachmentId) -> Result<()> {
        self.open_draft(caller, poll, Action::DraftPoll).await?;
        if self.store().remove_attachment(poll, file).await? { Ok(()) } else { Err(ErrorCode::NotFound.into()) }
    }

    /// A file with its content; those of drafts for the clerks of the area alone.
    ///
    /// # Errors
    /// `NotFound`; what the policy says.
    pub async fn attachment(&self, caller: &Caller, poll: PollId, file: AttachmentId) -> Result<AttachedFile> {
        let record = self.store().draft_record(poll).await?.ok_or(ErrorCode::NotFound)?;
        let published = record.state != PollState::Draft;
        if !published {
            self.allowed(caller, Action::DraftPoll, &record.area_path).await?;
        }
        let (file, content) = self.store().attachment(poll, file).await?.ok_or(ErrorCode::NotFound)?;
        Ok(AttachedFile { about: files::travelling(file), content, published })
    }
}
