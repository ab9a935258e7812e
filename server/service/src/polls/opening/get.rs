//! What clerks sign to open a poll.

use crate::{
    Caller, Result, Service,
    policy::Action,
    polls::{convert::hex, course::travelling, roll::counts_of},
};
use types::{
    ErrorCode,
    ids::PollId,
    polls::{ClerkProgress, Opening},
};

impl Service {
    /// What is to be signed and who has signed.
    ///
    /// # Errors
    /// `WrongState` before the roll is frozen; what the policy says.
    pub async fn opening(&self, caller: &Caller, poll: PollId) -> Result<Opening> {
        let (_, record) = self.managed(caller, poll, Action::OpenPoll).await?;
        let me = self.parts(caller, poll).await?.clerk;
        let loaded = self.course(poll).await?;
        let course = &loaded.course;
        let (manifest, key) = course.manifest().zip(course.joint_key()).ok_or(ErrorCode::WrongState)?;
        let roll = course.roll().ok_or(ErrorCode::WrongState)?;
        let clerk = |(index, clerk): (u8, &ballot::manifest::Clerk)| ClerkProgress {
            index,
            name: clerk.name.clone(),
            key: hex(clerk.key.0),
            signed: course.approvals().contains(&index),
        };
        Ok(Opening {
            poll,
            title: record.title,
            state: record.state,
            counts: counts_of(&roll.buildings),
            needed: manifest.clerk_signatures,
            clerks: (0..).zip(&manifest.clerks).map(clerk).collect(),
            me,
            manifest: manifest.to_bytes().map_err(|_| ErrorCode::Internal)?.into(),
            manifest_hash: hex(*manifest.hash()),
            joint_key: hex(key),
            roll_hash: hex(roll.hash),
            entries: travelling(self.store().course(poll).await?),
        })
    }
}
