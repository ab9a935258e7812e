//! Accounts, areas, the imported roll, letters, and people who prove who they are.

use super::people::{Home, Resident};
use super::report::{DemoAccount, DemoStranger};
use super::{roll, settle};
use crate::cli::devices::{ClerkDevice, DeviceError, Result, TrusteeDevice, VoterDevice};
use ballot::RecoveryCode;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use rand_chacha::rand_core::CryptoRng;
use service::{Caller, Service};
use std::collections::HashMap;
use types::identity::{Role, RoleGrant, SignUp, VerifyByCode};
use types::ids::{AreaId, HouseholdId};
use types::roll::{AreaKind, ImportState, LetterRequest, NewArea};

/// The password of every demonstration account.
const PASSWORD: &str = "qinghe-2026";
/// Voters besides the named people.
const VOTERS: usize = 58;
/// Sign-ups at the same time: hashing a password takes a core for a moment.
const AT_ONCE: usize = 4;

/// Who the story needs, by name and login.
const OPERATOR: &str = "yunwei";
const LEAD: (&str, &str) = ("zhoujianguo", "周建国");
const CLERKS: [(&str, &str); 2] = [("lijuan", "李娟"), ("wanglei", "王磊")];
const TRUSTEES: [(&str, &str); 3] = [("chenzhiqiang", "陈志强"), ("wulan", "吴兰"), ("zhenghaiyan", "郑海燕")];
const RESIDENTS: [(&str, &str); 3] = [("wangxiuying", "王秀英"), ("liuyang", "刘洋"), ("zhaomin", "赵敏")];
const STRANGER: &str = "林晓雯";

/// Somebody who is signed in.
pub(super) struct Somebody {
    pub(super) caller: Caller,
    pub(super) account: DemoAccount,
}

/// The community once it stands.
pub(super) struct Community {
    pub(super) area: AreaId,
    pub(super) people: usize,
    pub(super) operator: Somebody,
    pub(super) lead: Somebody,
    pub(super) clerk_accounts: Vec<DemoAccount>,
    pub(super) clerks: Vec<ClerkDevice>,
    pub(super) trustee_accounts: Vec<DemoAccount>,
    pub(super) trustees: Vec<TrusteeDevice>,
    pub(super) residents: Vec<Somebody>,
    /// Heads of households, with their phones.
    pub(super) voters: Vec<(Caller, VoterDevice)>,
    stranger: Resident,
    stranger_household: HouseholdId,
}

impl Community {
    /// A resident with a code from a letter of today.
    pub(super) async fn stranger(&self, service: &Service) -> Result<DemoStranger> {
        let form = LetterRequest { area: self.area, household: Some(self.stranger_household), unverified_only: true };
        let batch = service.issue_letters(self.clerk(), form).await?;
        let codes = batch.letters.iter().flat_map(|letter| &letter.codes);
        let code = codes.into_iter().find(|code| code.name == self.stranger.name).map(|code| code.code.clone());
        let code = code.ok_or_else(|| DeviceError::Unexpected(format!("no letter for {}", self.stranger.name)))?;
        let Home { building, unit, room } = &self.stranger.home;
        let [building, unit, room] = [building, unit, room].map(ToString::to_string);
        Ok(DemoStranger { name: self.stranger.name.clone(), building, unit, room, code })
    }

    fn clerk(&self) -> &Caller {
        self.clerks.first().map_or(&self.lead.caller, |device| &device.caller)
    }
}

/// Founds the community: everything that stands before the first poll.
pub(super) async fn found<R: CryptoRng>(service: &Service, people: &[Resident], rng: &mut R) -> Result<Community> {
    service.create_operator(OPERATOR, PASSWORD).await?;
    let operator = Somebody { caller: sign_in(service, OPERATOR).await?, account: account(OPERATOR, "运维", "") };
    let area = areas(service, &operator.caller).await?;
    let logins: HashMap<&str, &str> = [&[LEAD], &CLERKS[..], &TRUSTEES[..], &RESIDENTS[..]]
        .concat()
        .into_iter()
        .map(|(login, name)| (name, login))
        .collect();
    let named = people.iter().filter(|person| logins.contains_key(person.name.as_str()));
    let heads = people
        .iter()
        .filter(|person| person.head && super::people::NAMED.iter().all(|(name, ..)| *name != person.name));
    // Every fifth flat, so that all houses take part.
    let voters = heads.step_by(5).take(VOTERS);
    let joining: Vec<(String, &Resident)> = named
        .map(|person| (logins[person.name.as_str()].to_owned(), person))
        .chain(voters.enumerate().map(|(n, person)| (format!("jumin{:03}", n + 1), person)))
        .collect();
    let mut callers: HashMap<&str, Caller> = stream::iter(&joining)
        .map(|(login, person)| async { Ok::<_, DeviceError>((person.name.as_str(), sign_up(service, login).await?)) })
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    grant(service, &operator.caller, area).await?;
    let clerk = callers.get(CLERKS[0].1).cloned().ok_or_else(|| DeviceError::Unexpected("no clerk".to_owned()))?;
    import(service, &clerk, area, people).await?;
    let letters = letters(service, &clerk, area).await?;
    for (_, person) in &joining {
        let (Some(caller), Some((_, code))) = (callers.get_mut(person.name.as_str()), letters.get(&person.name)) else {
            continue;
        };
        prove(service, caller, person, code).await?;
    }
    let stranger = people.iter().find(|person| person.name == STRANGER).cloned();
    let stranger_household = letters.get(STRANGER).map(|(household, _)| *household);
    let (Some(stranger), Some(stranger_household)) = (stranger, stranger_household) else {
        return Err(DeviceError::Unexpected(format!("{STRANGER} is not on the roll")));
    };
    let mut somebody = |(login, name): (&str, &str)| {
        let home =
            people.iter().find(|person| person.name == name).map_or_else(String::new, |person| address(&person.home));
        let caller = callers.remove(name).unwrap_or_default();
        Somebody { caller, account: account(login, name, &home) }
    };
    let lead = somebody(LEAD);
    let (clerk_accounts, clerks) = CLERKS.map(|who| clerk_device(somebody(who), rng)).into_iter().unzip();
    let (trustee_accounts, trustees) = TRUSTEES.map(|who| trustee_device(somebody(who), rng)).into_iter().unzip();
    let residents = RESIDENTS.map(&mut somebody).into();
    let voters = joining.iter().filter_map(|(_, person)| callers.remove(person.name.as_str()));
    let voters = voters.map(|caller| (caller, VoterDevice { seed: seed(rng) })).collect();
    let people = people.len();
    Ok(Community {
        area,
        people,
        operator,
        lead,
        clerk_accounts,
        clerks,
        trustee_accounts,
        trustees,
        residents,
        voters,
        stranger,
        stranger_household,
    })
}

fn account(login: &str, name: &str, address: &str) -> DemoAccount {
    DemoAccount {
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        name: name.to_owned(),
        address: address.to_owned(),
        recovery_code: String::new(),
        signing_code: String::new(),
    }
}

fn address(home: &Home) -> String {
    format!("{} 号楼 {} 单元 {}", home.building, home.unit, home.room)
}

fn seed<R: CryptoRng>(rng: &mut R) -> [u8; 32] {
    let mut seed = [0; 32];
    rng.fill_bytes(&mut seed);
    seed
}

fn clerk_device<R: CryptoRng>(somebody: Somebody, rng: &mut R) -> (DemoAccount, ClerkDevice) {
    let code = RecoveryCode::generate(rng);
    let signing_code = code.to_string();
    (DemoAccount { signing_code, ..somebody.account }, ClerkDevice { caller: somebody.caller, code })
}

fn trustee_device<R: CryptoRng>(somebody: Somebody, rng: &mut R) -> (DemoAccount, TrusteeDevice) {
    let code = RecoveryCode::generate(rng);
    let recovery_code = code.to_string();
    (DemoAccount { recovery_code, ..somebody.account }, TrusteeDevice { caller: somebody.caller, code })
}

/// Every account signs up from a device of its own, so that no throttle mistakes them for one.
async fn sign_up(service: &Service, login: &str) -> Result<Caller> {
    let form = SignUp { login: login.to_owned(), password: PASSWORD.to_owned(), language: "zh-Hans".to_owned() };
    let session = service.sign_up(&device(login), form).await?;
    caller(service, &session.token, login).await
}

async fn sign_in(service: &Service, login: &str) -> Result<Caller> {
    let form = types::identity::SignIn { login: login.to_owned(), password: PASSWORD.to_owned() };
    let session = service.sign_in(&device(login), form).await?;
    caller(service, &session.token, login).await
}

fn device(login: &str) -> Caller {
    Caller { account: None, origin: format!("demo-{login}"), device: "minyi demo".to_owned() }
}

async fn caller(service: &Service, token: &str, login: &str) -> Result<Caller> {
    let Caller { origin, device, .. } = device(login);
    Ok(service.caller(token, origin, device).await?)
}

/// 云川市 · 望江区 · 清河街道 · 青禾社区. Returns the community.
async fn areas(service: &Service, operator: &Caller) -> Result<AreaId> {
    let mut parent = None;
    for (kind, name) in [
        (AreaKind::City, "云川市"),
        (AreaKind::District, "望江区"),
        (AreaKind::Street, "清河街道"),
        (AreaKind::Community, "青禾社区"),
    ] {
        let form = NewArea { parent, kind, name: name.to_owned() };
        parent = Some(service.create_area(operator, form).await?.id);
    }
    parent.ok_or_else(|| DeviceError::Unexpected("no area".to_owned()))
}

async fn grant(service: &Service, operator: &Caller, area: AreaId) -> Result<()> {
    let roles = [(LEAD, Role::CommitteeLead)]
        .into_iter()
        .chain(CLERKS.map(|who| (who, Role::Clerk)))
        .chain(TRUSTEES.map(|who| (who, Role::Supervisor)));
    for ((login, _), role) in roles {
        service.grant_role(operator, RoleGrant { login: login.to_owned(), role, area }).await?;
    }
    Ok(())
}

async fn import(service: &Service, clerk: &Caller, area: AreaId, people: &[Resident]) -> Result<()> {
    let import = service.import_preview(clerk, area, "青禾社区名册.csv", roll::csv(people)).await?;
    settle(service).await?;
    service.import_apply(clerk, import).await?;
    settle(service).await?;
    let view = service.import_status(clerk, import).await?;
    if view.state == ImportState::Done {
        return Ok(());
    }
    Err(DeviceError::Unexpected(format!("the roll was not imported: {:?} {:?}", view.state, view.problems.first())))
}

/// Everybody's code and household, by name.
async fn letters(service: &Service, clerk: &Caller, area: AreaId) -> Result<HashMap<String, (HouseholdId, String)>> {
    let form = LetterRequest { area, household: None, unverified_only: false };
    let batch = service.issue_letters(clerk, form).await?;
    let codes = batch.letters.into_iter().flat_map(|letter| {
        let household = letter.household;
        letter.codes.into_iter().map(move |code| (code.name, (household, code.code)))
    });
    Ok(codes.collect())
}

/// Proves who they are by the letter's code; from then on the caller is that person.
async fn prove(service: &Service, caller: &mut Caller, person: &Resident, code: &str) -> Result<()> {
    let Home { building, unit, room } = &person.home;
    let form = VerifyByCode {
        name: person.name.clone(),
        building: building.to_string(),
        unit: unit.to_string(),
        room: room.to_string(),
        code: code.to_owned(),
    };
    let identity = service.verify_by_code(caller, form).await?;
    if let Some(account) = &mut caller.account {
        account.person = Some(identity.person);
    }
    Ok(())
}
