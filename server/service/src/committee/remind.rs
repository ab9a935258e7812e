//! A trustee is told again that it is their turn.

use crate::{
    Caller, Result, Service,
    notify::{Fanout, NoticeKind, Recipients},
    policy::Action,
};
use types::{ErrorCode, ids::PollId, polls::PollState};

const DAY: i64 = 86_400_000;

impl Service {
    /// Tells the trustee with this number (from 1) that it is their turn. Once a day at most: more often changes nothing.
    ///
    /// # Errors
    /// What the policy says: those who may name trustees. `WrongState` where nobody is waited for, `NotFound` for a
    /// number that no trustee has.
    pub async fn remind_trustee(&self, caller: &Caller, poll: PollId, index: u8) -> Result<()> {
        let page = self.poll_page(caller, poll).await?;
        self.allowed_in(caller, Action::NameTrustees, page.card.area).await?;
        if !matches!(page.card.state, PollState::Ceremony | PollState::Counting) {
            return Err(ErrorCode::WrongState.into());
        }
        let place = usize::from(index).checked_sub(1).ok_or(ErrorCode::NotFound)?;
        let trustee = *self.store().poll_trustees(poll).await?.get(place).ok_or(ErrorCode::NotFound)?;
        let notice = Fanout::new(Recipients::Accounts(vec![trustee]), NoticeKind::TrusteeTurn)
            .arg("title", &page.card.title)
            .about(poll);
        let day = self.now().0.div_euclid(DAY);
        let job = self.notice_job(notice, Some(format!("poll:{poll}:remind:{index}:{day}")));
        self.store().enqueue(&[job]).await?;
        Ok(())
    }
}
