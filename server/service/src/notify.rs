//! Notices: what is put into inboxes, and from there into mail.

use crate::{Result, Service, jobs::Job};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use store::{NewJob, Notice};
use types::{
    identity::Role,
    ids::{AccountId, AreaId, JobId, NoticeId, PollId},
};

/// Accounts per transaction of a fan-out.
const PAGE: i64 = 500;

/// What a notice says. The words are `notice.<name>` of the pages and `mail/<language>.json` of the mail; both get the arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// Your account is verified. No arguments.
    Verified,
    /// Your verification was taken back. No arguments.
    VerificationReleased,
    /// You were given a role. Arguments: `area`.
    RoleGranted,
    /// To clerks: a household's codes were locked after wrong tries. Arguments: `address`.
    CodesLocked,
    /// To clerks: an import is written. Arguments: `file`, `added`, `changed`.
    ImportDone,
    /// A poll you may vote in opens. Arguments: `title`.
    PollOpens,
    /// A poll you may vote in closes soon. Arguments: `title`.
    PollCloses,
    /// The result of a poll is there. Arguments: `title`.
    PollResult,
    /// A ballot was recorded for you. Arguments: `title`.
    BallotRecorded,
    /// You are a trustee, and it is your turn. Arguments: `title`.
    TrusteeTurn,
    /// A new device was given your credential for a poll. Arguments: `title`.
    CredentialReissued,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Verified,
        Self::VerificationReleased,
        Self::RoleGranted,
        Self::CodesLocked,
        Self::ImportDone,
        Self::PollOpens,
        Self::PollCloses,
        Self::PollResult,
        Self::BallotRecorded,
        Self::TrusteeTurn,
        Self::CredentialReissued,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::VerificationReleased => "verification-released",
            Self::RoleGranted => "role-granted",
            Self::CodesLocked => "codes-locked",
            Self::ImportDone => "import-done",
            Self::PollOpens => "poll-opens",
            Self::PollCloses => "poll-closes",
            Self::PollResult => "poll-result",
            Self::BallotRecorded => "ballot-recorded",
            Self::TrusteeTurn => "trustee-turn",
            Self::CredentialReissued => "credential-reissued",
        }
    }
}

/// Who gets a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipients {
    /// These accounts.
    Accounts(Vec<AccountId>),
    /// Verified residents of the area and below.
    Residents(AreaId),
    /// Holders of a role for the area or above.
    Role(Role, AreaId),
}

/// A notice for many: the payload of its job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fanout {
    /// Who gets it.
    pub to: Recipients,
    /// What it says.
    pub notice: NoticeKind,
    /// What its sentence names.
    pub args: BTreeMap<String, String>,
    /// The poll it is about.
    pub poll: Option<PollId>,
}

impl Fanout {
    /// A notice without arguments.
    #[must_use]
    pub fn new(to: Recipients, notice: NoticeKind) -> Self {
        Self { to, notice, args: BTreeMap::new(), poll: None }
    }

    /// With an argument.
    #[must_use]
    pub fn arg(mut self, name: &str, value: &str) -> Self {
        self.args.insert(name.to_owned(), value.to_owned());
        self
    }

    /// About this poll.
    #[must_use]
    pub const fn about(mut self, poll: PollId) -> Self {
        self.poll = Some(poll);
        self
    }
}

impl Service {
    /// The job that sends a notice, to be stored in the transaction of the change it tells of. With a `dedupe_key`, once.
    pub(crate) fn notice_job(&self, notice: Fanout, dedupe_key: Option<String>) -> NewJob {
        self.job_row(&Job::Notify(notice), self.now(), dedupe_key)
    }

    /// Sends a notice that goes with no other change.
    pub(crate) async fn notify(&self, notice: Fanout) -> Result<()> {
        self.store().enqueue(&[self.notice_job(notice, None)]).await?;
        Ok(())
    }

    /// Puts the notice into the inboxes, page by page.
    pub(crate) async fn fan_out(&self, job: JobId, fanout: Fanout) -> Result<()> {
        match &fanout.to {
            Recipients::Accounts(accounts) => self.put(job, &fanout, accounts).await,
            Recipients::Role(role, area) => {
                let Some(area) = self.store().area(*area).await? else { return Ok(()) };
                let mut accounts = self.store().role_accounts(&area.path, role.as_str()).await?;
                accounts.sort();
                accounts.dedup();
                self.put(job, &fanout, &accounts).await
            }
            Recipients::Residents(area) => {
                let Some(area) = self.store().area(*area).await? else { return Ok(()) };
                let mut after = None;
                loop {
                    let page = self.store().verified_accounts(&area.path, self.now(), after, PAGE).await?;
                    self.put(job, &fanout, &page).await?;
                    match page.last() {
                        Some(last) if page.len() as i64 == PAGE => after = Some(*last),
                        _ => return Ok(()),
                    }
                }
            }
        }
    }

    async fn put(&self, job: JobId, fanout: &Fanout, accounts: &[AccountId]) -> Result<()> {
        let now = self.now();
        let args = serde_json::to_string(&fanout.args).expect("strings serialise");
        let mut told: HashMap<AccountId, u32> = HashMap::new();
        for some in accounts.chunks(PAGE as usize) {
            let notices: Vec<Notice> = some
                .iter()
                .map(|account| Notice {
                    id: notice_id(job, *account, told.entry(*account).and_modify(|n| *n += 1).or_default()),
                    account: *account,
                    kind: fanout.notice.as_str().to_owned(),
                    args: args.clone(),
                    poll: fanout.poll,
                    sent_at: now,
                    read_at: None,
                })
                .collect();
            let mail: Vec<NewJob> = notices
                .iter()
                .map(|notice| {
                    self.job_row(&Job::MailNotice { notice: notice.id }, now, Some(format!("mail:{}", notice.id)))
                })
                .collect();
            self.store().add_notices(&notices, if self.mailer().is_on() { &mail } else { &[] }).await?;
        }
        Ok(())
    }
}

/// The same for the same job, account and how-manieth notice of it there, so that a job done twice sends nothing twice.
fn notice_id(job: JobId, account: AccountId, nth: &u32) -> NoticeId {
    let hash = Sha256::new().chain_update(job.as_bytes()).chain_update(account.as_bytes());
    let hash = hash.chain_update(nth.to_be_bytes()).finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    NoticeId(id)
}
