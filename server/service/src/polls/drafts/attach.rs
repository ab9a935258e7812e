//! Files of a draft.

use crate::{Caller, Result, Service};
use types::{
    ErrorCode,
    ids::{AttachmentId, PollId},
    polls::Attachment,
};

impl Service {
    /// Adds a file. `TooLarge`, `WrongFile` (the kind is found from the content: PNG, JPEG, WebP, PDF).
    pub async fn attach_file(
        &self,
        caller: &Caller,
        poll: PollId,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Attachment> {
        let _ = (caller, poll, name, bytes);
        Err(ErrorCode::Internal.into())
    }

    /// Removes a file.
    pub async fn detach_file(
        &self,
        caller: &Caller,
        poll: PollId,
        file: AttachmentId,
    ) -> Result<()> {
        let _ = (caller, poll, file);
        Err(ErrorCode::Internal.into())
    }
}
