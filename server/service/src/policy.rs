//! Who may do what: the only place where it is decided.
//!
//! [`allow`] takes an actor, an action and the path of the area the object lies in, and says yes, or why not.
//! Granted roles hold for their area and all below it. A verified resident's role holds for every area their home
//! lies in. To add an action: a line in [`Action`], its roles in [`Action::roles`]; the table test below walks all.

use types::{ErrorCode, Problem, identity::Role, ids::AccountId};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read and change one's own account, sessions and inbox.
    UseAccount,
    /// Take part as somebody on the roll: register a credential, vote, see one's own slot.
    TakePart,
    /// Take a share of a poll's key, having been named trustee of that poll.
    ActAsTrustee,
    /// Read the roll's people, masked.
    ReadRoll,
    /// Import a roll.
    ImportRoll,
    /// Print letters with codes.
    IssueLetters,
    /// Verify people at the desk.
    VerifyAtDesk,
    /// Take a verification away from an account.
    ReleaseVerification,
    /// Draft a poll, change the draft, see it.
    DraftPoll,
    /// Publish a poll: from then on its text is fixed.
    PublishPoll,
    /// Freeze a poll's roll.
    FreezeRoll,
    /// Sign what opens a poll.
    OpenPoll,
    /// Re-issue a voter's credential after a lost phone.
    ReissueCredential,
    /// Choose and replace a poll's trustees before its key is made.
    NameTrustees,
    /// Ask for a poll's totals after its close.
    TallyPoll,
    /// Make areas below this one.
    CreateArea,
    /// Read who holds which role.
    ReadRoles,
    /// Grant or revoke this role.
    GrantRole(Role),
    /// Read the audit log.
    ReadAudit,
}

impl Action {
    /// The roles that may do it; any one of them suffices.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Clerk, CommitteeLead, Operator, Resident, Supervisor, VerifiedResident};
        match self {
            Self::UseAccount | Self::ActAsTrustee => &[Resident],
            Self::TakePart => &[VerifiedResident],
            Self::ReadRoll
            | Self::ImportRoll
            | Self::IssueLetters
            | Self::VerifyAtDesk
            | Self::ReleaseVerification
            | Self::DraftPoll
            | Self::PublishPoll
            | Self::FreezeRoll
            | Self::OpenPoll
            | Self::ReissueCredential
            | Self::NameTrustees
            | Self::TallyPoll => &[Clerk, CommitteeLead],
            Self::CreateArea => &[CommitteeLead, Operator],
            Self::ReadRoles | Self::ReadAudit => &[Clerk, CommitteeLead, Supervisor, Operator],
            Self::GrantRole(role) => match role {
                Role::Clerk | Role::Coordinator => &[CommitteeLead, Operator],
                // Those who watch the committee are not chosen by it.
                Role::CommitteeLead | Role::Supervisor | Role::Operator => &[Operator],
                Role::Resident | Role::VerifiedResident => &[],
            },
        }
    }

    /// Every action.
    pub fn all() -> impl Iterator<Item = Self> {
        let plain = [
            Self::UseAccount,
            Self::TakePart,
            Self::ActAsTrustee,
            Self::ReadRoll,
            Self::ImportRoll,
            Self::IssueLetters,
            Self::VerifyAtDesk,
            Self::ReleaseVerification,
            Self::DraftPoll,
            Self::PublishPoll,
            Self::FreezeRoll,
            Self::OpenPoll,
            Self::ReissueCredential,
            Self::NameTrustees,
            Self::TallyPoll,
            Self::CreateArea,
            Self::ReadRoles,
            Self::ReadAudit,
        ];
        plain.into_iter().chain(Role::ALL.into_iter().map(Self::GrantRole))
    }
}

/// Who asks, with all that decides what they may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actor {
    /// The signed-in account.
    pub account: Option<AccountId>,
    /// The path of the area the verified person's home lies in; none unless verified and not expired.
    pub home: Option<String>,
    /// Granted roles with the path of their area.
    pub grants: Vec<(Role, String)>,
}

impl Actor {
    /// Whether the actor has `role` where the object lies.
    #[must_use]
    pub fn has(&self, role: Role, object: &str) -> bool {
        match role {
            Role::Resident => self.account.is_some(),
            Role::VerifiedResident => self.home.as_deref().is_some_and(|home| within(object, home)),
            granted => self.grants.iter().any(|(held, area)| *held == granted && within(area, object)),
        }
    }
}

/// Whether the area at `inner` is the one at `outer`, or below it. Paths end with '/', so no id is another's beginning.
fn within(outer: &str, inner: &str) -> bool {
    outer.ends_with('/') && inner.starts_with(outer)
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nobody is signed in.
    SignInNeeded,
    /// It takes a verified resident of this area.
    VerificationNeeded,
    /// It takes a role that the actor has not, or not here.
    RoleNeeded,
}

impl From<Reason> for Problem {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::SignInNeeded => ErrorCode::SignInNeeded,
            Reason::VerificationNeeded => ErrorCode::VerificationNeeded,
            Reason::RoleNeeded => ErrorCode::NotAllowed,
        }
        .into()
    }
}

/// Whether `actor` may do `action` to an object in the area at path `object`.
///
/// # Errors
/// The [`Reason`] why not.
pub fn allow(actor: &Actor, action: Action, object: &str) -> Result<(), Reason> {
    if actor.account.is_none() {
        return Err(Reason::SignInNeeded);
    }
    let roles = action.roles();
    if roles.iter().any(|role| actor.has(*role, object)) {
        return Ok(());
    }
    let verification_would_do = roles.contains(&Role::VerifiedResident) && actor.home.is_none();
    Err(if verification_would_do { Reason::VerificationNeeded } else { Reason::RoleNeeded })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CITY: &str = "/c1/";
    const ESTATE: &str = "/c1/e1/";
    const BUILDING: &str = "/c1/e1/b1/";
    const BESIDE: &str = "/c1/e10/";

    fn holder(role: Role, area: &str) -> Actor {
        let account = Some(AccountId([1; 16]));
        match role {
            Role::Resident => Actor { account, ..Actor::default() },
            Role::VerifiedResident => Actor { account, home: Some(area.to_owned()), ..Actor::default() },
            granted => Actor { account, grants: vec![(granted, area.to_owned())], ..Actor::default() },
        }
    }

    /// Rows: actions; columns: Resident, VerifiedResident, Clerk, CommitteeLead, Supervisor, Coordinator, Operator.
    const TABLE: &[(Action, &str)] = &[
        (Action::UseAccount, "x x x x x x x"),
        (Action::ActAsTrustee, "x x x x x x x"),
        (Action::TakePart, ". x . . . . ."),
        (Action::ReadRoll, ". . x x . . ."),
        (Action::ImportRoll, ". . x x . . ."),
        (Action::IssueLetters, ". . x x . . ."),
        (Action::VerifyAtDesk, ". . x x . . ."),
        (Action::ReleaseVerification, ". . x x . . ."),
        (Action::DraftPoll, ". . x x . . ."),
        (Action::PublishPoll, ". . x x . . ."),
        (Action::FreezeRoll, ". . x x . . ."),
        (Action::OpenPoll, ". . x x . . ."),
        (Action::ReissueCredential, ". . x x . . ."),
        (Action::NameTrustees, ". . x x . . ."),
        (Action::TallyPoll, ". . x x . . ."),
        (Action::CreateArea, ". . . x . . x"),
        (Action::ReadRoles, ". . x x x . x"),
        (Action::ReadAudit, ". . x x x . x"),
        (Action::GrantRole(Role::Resident), ". . . . . . ."),
        (Action::GrantRole(Role::VerifiedResident), ". . . . . . ."),
        (Action::GrantRole(Role::Clerk), ". . . x . . x"),
        (Action::GrantRole(Role::Coordinator), ". . . x . . x"),
        (Action::GrantRole(Role::CommitteeLead), ". . . . . . x"),
        (Action::GrantRole(Role::Supervisor), ". . . . . . x"),
        (Action::GrantRole(Role::Operator), ". . . . . . x"),
    ];

    #[test]
    fn every_action_for_every_role() {
        assert_eq!(TABLE.len(), Action::all().count(), "a row per action");
        for action in Action::all() {
            let row = TABLE.iter().find(|(known, _)| *known == action).expect("a row per action").1;
            let cells: Vec<bool> = row.split(' ').map(|cell| cell == "x").collect();
            assert_eq!(cells.len(), Role::ALL.len());
            for (role, expected) in Role::ALL.into_iter().zip(cells) {
                let allowed = allow(&holder(role, ESTATE), action, ESTATE).is_ok();
                assert_eq!(allowed, expected, "{action:?} as {role:?}");
            }
            assert_eq!(allow(&Actor::default(), action, ESTATE), Err(Reason::SignInNeeded), "{action:?} signed out");
        }
    }

    #[test]
    fn granted_roles_hold_downwards_and_not_upwards_nor_beside() {
        for role in Role::ALL.into_iter().filter(|role| role.is_granted()) {
            let holder = holder(role, ESTATE);
            assert!(holder.has(role, ESTATE) && holder.has(role, BUILDING), "{role:?}");
            assert!(!holder.has(role, CITY) && !holder.has(role, BESIDE) && !holder.has(role, ""), "{role:?}");
        }
    }

    #[test]
    fn a_resident_takes_part_in_every_area_their_home_lies_in() {
        let resident = holder(Role::VerifiedResident, BUILDING);
        for area in [CITY, ESTATE, BUILDING] {
            assert_eq!(allow(&resident, Action::TakePart, area), Ok(()), "{area}");
        }
        assert_eq!(allow(&resident, Action::TakePart, BESIDE), Err(Reason::RoleNeeded));
        let stranger = holder(Role::Resident, ESTATE);
        assert_eq!(allow(&stranger, Action::TakePart, ESTATE), Err(Reason::VerificationNeeded));
    }
}
