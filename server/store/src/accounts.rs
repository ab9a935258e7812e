//! Accounts, the roles they hold, and whom they are verified as.

use crate::{AuditEntry, NewJob, NewSession, Result};
use async_trait::async_trait;
use types::{
    Timestamp,
    identity::Role,
    ids::{AccountId, AreaId, HouseholdId, PersonId, SessionId},
};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub id: AccountId,
    /// The login name, normalised.
    pub login: String,
    /// The password's hash, a PHC string.
    pub password_hash: String,
    /// The language of mail, a BCP 47 tag.
    pub language: String,
    /// The e-mail address, may be empty.
    pub email: String,
    /// When the address was confirmed.
    pub email_confirmed_at: Option<Timestamp>,
    /// Whether notices are wanted by mail.
    pub mail_wanted: bool,
    /// The person it was verified as, perhaps long ago.
    pub person: Option<PersonId>,
    /// When.
    pub verified_at: Option<Timestamp>,
    /// Until when that holds.
    pub verified_until: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A new account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The account.
    pub id: AccountId,
    /// The login name, normalised.
    pub login: String,
    /// The password's hash, a PHC string.
    pub password_hash: String,
    /// The language of mail, a BCP 47 tag.
    pub language: String,
    /// When.
    pub at: Timestamp,
}

/// A role held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Who holds it.
    pub account: AccountId,
    /// Their login.
    pub login: String,
    /// Their name on the roll, if verified.
    pub name: Option<String>,
    /// The role.
    pub role: Role,
    /// For this area and below.
    pub area: AreaId,
    /// The area's path.
    pub path: String,
    /// The area's name.
    pub area_name: String,
    /// Since when.
    pub granted_at: Timestamp,
}

/// What decides what an account may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The path of the home's area, if verified and not expired.
    pub home: Option<String>,
    /// Roles with the paths of their areas.
    pub grants: Vec<(Role, String)>,
}

/// By what a person proved who they are. It is used up in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// The letter's code, hashed.
    Code(Vec<u8>),
    /// A ticket shown at the desk, hashed.
    Ticket(Vec<u8>),
    /// Nothing: a demonstration or a command on the server itself.
    Operator,
}

/// An account becomes a verified person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The account.
    pub account: AccountId,
    /// The person.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// Until when it holds.
    pub until: Timestamp,
    /// By what.
    pub proof: Proof,
    /// Take it away from the account that has it.
    pub hand_over: bool,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// Done. With the account it was taken from, if so.
    Done(Option<AccountId>),
    /// The code or ticket is used up, replaced or expired: nothing changed.
    ProofGone,
    /// The account is verified as somebody else: nothing changed.
    OtherPerson,
    /// Another account is verified as that person: nothing changed.
    PersonTaken,
}

/// Somebody at an address who may have a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeHolder {
    /// The person.
    pub person: PersonId,
    /// Their name, as compared.
    pub name_key: String,
    /// The household.
    pub household: HouseholdId,
    /// The building.
    pub area: AreaId,
    /// The building's name.
    pub building: String,
    /// The code's hash, if a letter was made and the code not used.
    pub code_hash: Option<Vec<u8>>,
    /// When the code expires.
    pub expires_at: Option<Timestamp>,
    /// Whether the household is locked.
    pub locked: bool,
}

/// A code to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCode {
    /// Whose.
    pub person: PersonId,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// Accounts.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Makes an account, signed in by `session` if given. Conflicts: `accounts_login`.
    async fn create_account(
        &self,
        account: &NewAccount,
        session: Option<&NewSession>,
        audit: &AuditEntry,
    ) -> Result<()>;

    /// The account.
    async fn account(&self, account: AccountId) -> Result<Option<Account>>;

    /// The account with this normalised login.
    async fn account_by_login(&self, login: &str) -> Result<Option<Account>>;

    /// The account verified as this person, even if expired.
    async fn account_of_person(&self, person: PersonId) -> Result<Option<Account>>;

    /// Replaces the password's hash and ends all sessions but `keep`.
    async fn set_password(
        &self,
        account: AccountId,
        hash: &str,
        keep: Option<SessionId>,
        audit: &AuditEntry,
    ) -> Result<()>;

    /// Sets what the account decided about mail. A changed address is unconfirmed, and `confirmation` is the job that asks.
    async fn set_mail(
        &self,
        account: AccountId,
        email: &str,
        wanted: bool,
        language: &str,
        confirmation: Option<&NewJob>,
    ) -> Result<()>;

    /// Confirms the address if it still is the account's; false if not.
    async fn confirm_email(&self, account: AccountId, email: &str, now: Timestamp) -> Result<bool>;

    /// Ends mail for the account.
    async fn unsubscribe(&self, account: AccountId) -> Result<()>;

    /// What decides what the account may do at `now`.
    async fn standing(&self, account: AccountId, now: Timestamp) -> Result<Standing>;
}

/// Proving who one is.
#[async_trait]
pub trait Verifications: Send + Sync {
    /// Everybody at an address, in whichever estate; at most 200, those of that name first.
    async fn code_holders(&self, name_key: &str, building_key: &str, unit: &str, room: &str)
    -> Result<Vec<CodeHolder>>;

    /// Uses up one of the household's `limit` tries; which one it is, or none if there are none left.
    async fn take_try(&self, household: HouseholdId, limit: i64) -> Result<Option<i64>>;

    /// Gives back one try to each of these households that is not locked.
    async fn return_tries(&self, households: &[HouseholdId]) -> Result<()>;

    /// Locks the household, telling by `notice`; false if it was locked before.
    async fn lock_household(
        &self,
        household: HouseholdId,
        now: Timestamp,
        audit: &AuditEntry,
        notice: &NewJob,
    ) -> Result<bool>;

    /// Stores new codes in place of the old ones, and unlocks the households.
    async fn issue_codes(&self, codes: &[NewCode], at: Timestamp, until: Timestamp, audit: &AuditEntry) -> Result<()>;

    /// Makes the account a verified person.
    async fn verify_account(
        &self,
        verification: &Verification,
        audit: &AuditEntry,
        notices: &[NewJob],
    ) -> Result<Verified>;

    /// Takes the verification away from the account that has it; which one, or none if nobody has.
    async fn release_person(&self, person: PersonId, audit: &AuditEntry) -> Result<Option<AccountId>>;

    /// Stores the account's only ticket. Conflicts: `desk_tickets_token`.
    async fn put_ticket(&self, account: AccountId, token_hash: &[u8], expires_at: Timestamp) -> Result<()>;

    /// The account that shows this ticket.
    async fn ticket_account(&self, token_hash: &[u8], now: Timestamp) -> Result<Option<Account>>;
}

/// Roles.
#[async_trait]
pub trait Roles: Send + Sync {
    /// Roles held for the areas at and below `path`, by area; at most 500.
    async fn roles_below(&self, path: &str) -> Result<Vec<Grant>>;

    /// The account's roles.
    async fn roles_of(&self, account: AccountId) -> Result<Vec<Grant>>;

    /// Grants a role; nothing changes if it is held already (false).
    async fn grant_role(
        &self,
        account: AccountId,
        role: Role,
        area: AreaId,
        by: Option<AccountId>,
        audit: &AuditEntry,
        notice: &NewJob,
    ) -> Result<bool>;

    /// Revokes a role; false if it was not held.
    async fn revoke_role(&self, account: AccountId, role: Role, area: AreaId, audit: &AuditEntry) -> Result<bool>;
}
