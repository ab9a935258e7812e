//! Accounts, sessions, roles, and how a person proves who they are.

use crate::{
    Timestamp,
    ids::{AccountId, AreaId, NoticeId, PersonId, PollId, SessionId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What somebody is to the community. Roles from [`Role::Clerk`] on are granted for an area and hold downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 居民: anyone with an account.
    Resident,
    /// 已认证居民: matched to the roll; holds for the area of their home.
    VerifiedResident,
    /// 居委干部.
    Clerk,
    /// 居委主任.
    CommitteeLead,
    /// 居务监督委员会成员.
    Supervisor,
    /// 志愿服务组织者.
    Coordinator,
    /// 平台运营者.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Resident,
        Self::VerifiedResident,
        Self::Clerk,
        Self::CommitteeLead,
        Self::Supervisor,
        Self::Coordinator,
        Self::Operator,
    ];

    /// The stable name, kebab-case; the locale key is `role.<name>`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::VerifiedResident => "verified-resident",
            Self::Clerk => "clerk",
            Self::CommitteeLead => "committee-lead",
            Self::Supervisor => "supervisor",
            Self::Coordinator => "coordinator",
            Self::Operator => "operator",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether it is granted by somebody, rather than following from the account.
    #[must_use]
    pub const fn is_granted(self) -> bool {
        !matches!(self, Self::Resident | Self::VerifiedResident)
    }
}

/// A new account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    /// A mobile number (11 digits, +86 allowed) or a user name of 3–40 letters, digits, `_`, `-`, `.`.
    pub login: String,
    /// 8–128 characters.
    pub password: String,
    /// `zh-Hans`, `zh-Hant` or `en`: the language of mail.
    pub language: String,
}

/// Signing in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The login as typed.
    pub login: String,
    /// The password.
    pub password: String,
}

/// A new password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    /// The password in use.
    pub current: String,
    /// The new one, 8–128 characters.
    pub new: String,
}

/// A session that was just made. The token is shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSession {
    /// The account signed in.
    pub account: AccountId,
    /// The session.
    pub session: SessionId,
    /// The bearer token, 43 characters base64url: for the cookie or the `Authorization` header.
    pub token: String,
    /// When it ends unless used before.
    pub expires_at: Timestamp,
}

/// A signed-in device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// The session.
    pub id: SessionId,
    /// What the device calls itself.
    pub device: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last used, to within ten minutes.
    pub seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// The signed-in account, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The account.
    pub account: AccountId,
    /// The login name.
    pub login: String,
    /// The language of mail, a BCP 47 tag.
    pub language: String,
    /// The e-mail address, if given.
    pub email: Option<String>,
    /// Whether the address was confirmed.
    pub email_confirmed: bool,
    /// Whether notices are wanted by mail.
    pub mail_wanted: bool,
    /// Who they are, if verified and not expired.
    pub identity: Option<Identity>,
    /// Roles granted to them.
    pub roles: Vec<RoleView>,
    /// Unread notices.
    pub unread: u32,
}

/// A verified identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The person on the roll.
    pub person: PersonId,
    /// The name on the roll.
    pub name: String,
    /// The home in words: building, unit, room.
    pub address: String,
    /// The area of the home (its building).
    pub area: AreaId,
    /// The names of the areas above the home, from the top.
    pub area_names: Vec<String>,
    /// When it was verified.
    pub verified_at: Timestamp,
    /// Until when it holds.
    pub valid_until: Timestamp,
}

/// A role as granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleView {
    /// Who holds it.
    pub account: AccountId,
    /// Their login, masked for others.
    pub login: String,
    /// Their name on the roll, if verified.
    pub name: Option<String>,
    /// The role.
    pub role: Role,
    /// For this area and below.
    pub area: AreaId,
    /// The area's name.
    pub area_name: String,
    /// Since when.
    pub granted_at: Timestamp,
}

/// Granting or revoking a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleGrant {
    /// The login of who gets it.
    pub login: String,
    /// One of the granted roles.
    pub role: Role,
    /// For this area and below.
    pub area: AreaId,
}

/// Proving who one is by the letter's code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyByCode {
    /// The name as on the roll.
    pub name: String,
    /// Building, e.g. `3` or `3栋`.
    pub building: String,
    /// Unit; empty if the building has none.
    pub unit: String,
    /// Room, e.g. `401`.
    pub room: String,
    /// The code from the letter; case, spaces and dashes do not matter.
    pub code: String,
}

/// A ticket the resident shows at the desk as a QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskTicket {
    /// The ticket's secret, 8 Crockford characters, also for typing.
    pub token: String,
    /// What the QR code holds: the clerk's page with the ticket in the fragment.
    pub url: String,
    /// When it ends: ten minutes after it was made.
    pub expires_at: Timestamp,
}

/// Who stands at the desk, as the clerk sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskApplicant {
    /// The login, masked.
    pub login: String,
    /// When the account was made.
    pub since: Timestamp,
    /// Who the account is verified as, if so.
    pub verified_as: Option<String>,
}

/// Deciding at the desk who the applicant is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskVerify {
    /// The ticket.
    pub token: String,
    /// The person on the roll whose identity card the clerk has seen.
    pub person: PersonId,
    /// Take the verification away from the account that has it, and why.
    pub hand_over: Option<HandOver>,
}

/// Why a verification goes from one account to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandOver {
    /// The old account cannot be opened any more.
    Lost,
    /// Somebody else managed the old account.
    Managed,
    /// The resident uses another account now.
    Changed,
}

impl HandOver {
    /// The stable name, as in JSON and in the audit log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Managed => "managed",
            Self::Changed => "changed",
        }
    }
}

/// A message in the inbox. The sentence is the locale key `notice.<kind>` with `args`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// The message.
    pub id: NoticeId,
    /// Its kind, kebab-case.
    pub kind: String,
    /// What its sentence names, e.g. `title`.
    pub args: BTreeMap<String, String>,
    /// The poll it is about.
    pub poll: Option<PollId>,
    /// When it was sent.
    pub at: Timestamp,
    /// Whether it was read.
    pub read: bool,
}

/// A page of the inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticePage {
    /// Newest first.
    pub notices: Vec<NoticeView>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// Unread in all.
    pub unread: u32,
}

/// What an account decides about mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSettings {
    /// The address, empty for none. A new one must be confirmed by the link sent to it.
    pub email: String,
    /// Whether notices are wanted by mail.
    pub mail_wanted: bool,
    /// The language of mail, a BCP 47 tag.
    pub language: String,
}

macro_rules! hide {
    ($($name:ident)*) => {$(
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    )*};
}
// Passwords, tokens and codes never reach a log by way of `{:?}`.
hide! { SignUp SignIn ChangePassword NewSession VerifyByCode }

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its number in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The login of who did it, masked; empty for the system.
    pub who: String,
    /// The action, kebab-case; the locale key is `audit.<action>`.
    pub action: String,
    /// What it was done to, `<kind>:<id>`.
    pub object: String,
    /// Where.
    pub area: Option<AreaId>,
    /// Circumstances, without personal data; may be empty.
    pub detail: String,
    /// The entry's hash, hexadecimal.
    pub hash: String,
}

/// A page of the audit log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Up to 50.
    pub lines: Vec<AuditLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

/// What walking the whole chain gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditCheck {
    /// Entries that hold.
    pub entries: i64,
    /// The first that does not.
    pub broken_at: Option<i64>,
}
