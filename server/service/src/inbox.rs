//! The inbox.

use crate::{Caller, Result, Service};
use store::Notice;
use types::{
    ErrorCode, Timestamp,
    identity::{NoticePage, NoticeView},
    ids::NoticeId,
};

const PAGE: i64 = 20;

impl Service {
    /// A page of the caller's inbox, newest first.
    ///
    /// # Errors
    /// `SignInNeeded`; `Invalid` for a position that is none.
    pub async fn notices(&self, caller: &Caller, after: Option<String>) -> Result<NoticePage> {
        let account = self.signed_in(caller)?;
        let before = after.as_deref().map(|text| position(text).ok_or(ErrorCode::Invalid)).transpose()?;
        let mut notices = self.store().notices(account, before, PAGE + 1).await?;
        let more = notices.len() as i64 > PAGE;
        notices.truncate(PAGE as usize);
        let next = notices.last().filter(|_| more).map(|last| format!("{}.{}", last.sent_at.0, last.id));
        let unread = u32::try_from(self.store().unread(account).await?).unwrap_or(u32::MAX);
        Ok(NoticePage { notices: notices.into_iter().map(view).collect(), next, unread })
    }

    /// Marks one notice as read, or all.
    ///
    /// # Errors
    /// `SignInNeeded`.
    pub async fn mark_read(&self, caller: &Caller, notice: Option<NoticeId>) -> Result<()> {
        let account = self.signed_in(caller)?;
        Ok(self.store().mark_read(account, notice, self.now()).await?)
    }
}

fn position(text: &str) -> Option<(Timestamp, NoticeId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp(at.parse().ok()?), id.parse().ok()?))
}

fn view(notice: Notice) -> NoticeView {
    NoticeView {
        id: notice.id,
        kind: notice.kind,
        args: serde_json::from_str(&notice.args).unwrap_or_default(),
        poll: notice.poll,
        at: notice.sent_at,
        read: notice.read_at.is_some(),
    }
}
