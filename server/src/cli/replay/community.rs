//! A community for a file: one synthetic resident for each of its voters, two clerks, three trustees.

use crate::cli::devices::{ClerkDevice, DeviceError, Result, TrusteeDevice, VoterDevice};
use ballot::RecoveryCode;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use rand_chacha::rand_core::CryptoRng;
use service::{Caller, Service};
use std::collections::HashMap;
use std::fmt::Write as _;
use types::identity::{Role, RoleGrant, SignUp, VerifyByCode};
use types::ids::AreaId;
use types::roll::{AreaKind, ImportState, LetterRequest, NewArea};

/// Homes in one building.
const PER_BUILDING: usize = 500;
/// Sign-ups at the same time: hashing a password takes a core for a moment.
const AT_ONCE: usize = 8;
/// Everybody's. Never used by a person: the portal is gone when the replay ends.
pub const PASSWORD: &str = "replayed-and-gone";

/// A voter with the token of their session.
pub struct Voter {
    /// For the `Authorization` header.
    pub token: String,
    /// The phone.
    pub device: VoterDevice,
}

/// Everybody.
pub struct Community {
    /// Where they live.
    pub area: AreaId,
    /// The portal's operator.
    pub operator: Caller,
    /// Two clerks with registered keys.
    pub clerks: Vec<ClerkDevice>,
    /// Three trustees.
    pub trustees: Vec<TrusteeDevice>,
    /// One for each voter of the file, in its order.
    pub voters: Vec<Voter>,
}

/// Founds a community of `size` voters in an empty portal.
///
/// # Errors
/// [`DeviceError`] where the portal refuses, as it does where it is not empty.
pub async fn found<R: CryptoRng>(service: &Service, size: usize, rng: &mut R) -> Result<Community> {
    service.create_operator("replay", PASSWORD).await?;
    let operator = sign_in(service, "replay").await?;
    let form = NewArea { parent: None, kind: AreaKind::Community, name: "Replay".to_owned() };
    let area = service.create_area(&operator, form).await?.id;
    let mut clerks = Vec::new();
    let mut trustees = Vec::new();
    for login in ["clerk1", "clerk2", "trustee1", "trustee2", "trustee3"] {
        let (caller, _) = sign_up(service, login).await?;
        let is_clerk = login.starts_with("clerk");
        let role = if is_clerk { Role::Clerk } else { Role::Supervisor };
        service.grant_role(&operator, RoleGrant { login: login.to_owned(), role, area }).await?;
        if is_clerk {
            let device = ClerkDevice { caller, code: RecoveryCode::generate(rng) };
            device.register_key(service).await?;
            clerks.push(device);
        } else {
            trustees.push(TrusteeDevice { caller, code: RecoveryCode::generate(rng) });
        }
    }
    let clerk = clerks.first().map(|device| device.caller.clone()).unwrap_or_default();
    import(service, &clerk, area, size).await?;
    let codes = codes(service, &clerk, area).await?;
    let tokens: Vec<String> =
        stream::iter(0..size).map(|n| join(service, n, &codes)).buffered(AT_ONCE).try_collect().await?;
    let voters = tokens.into_iter().map(|token| Voter { token, device: VoterDevice { seed: seed(rng) } }).collect();
    Ok(Community { area, operator, clerks, trustees, voters })
}

fn seed<R: CryptoRng>(rng: &mut R) -> [u8; 32] {
    let mut seed = [0; 32];
    rng.fill_bytes(&mut seed);
    seed
}

fn device(login: &str) -> Caller {
    Caller { account: None, origin: format!("replay-{login}"), device: "minyi replay".to_owned() }
}

async fn sign_up(service: &Service, login: &str) -> Result<(Caller, String)> {
    let form = SignUp { login: login.to_owned(), password: PASSWORD.to_owned(), language: "en".to_owned() };
    let device = device(login);
    let session = service.sign_up(&device, form).await?;
    Ok((service.caller(&session.token, device.origin, device.device).await?, session.token))
}

async fn sign_in(service: &Service, login: &str) -> Result<Caller> {
    let form = types::identity::SignIn { login: login.to_owned(), password: PASSWORD.to_owned() };
    let device = device(login);
    let session = service.sign_in(&device, form).await?;
    Ok(service.caller(&session.token, device.origin, device.device).await?)
}

/// The home of voter `n`: building and room.
fn home(n: usize) -> (String, String) {
    ((n / PER_BUILDING + 1).to_string(), (n % PER_BUILDING + 101).to_string())
}

fn name(n: usize) -> String {
    format!("Voter {}", n + 1)
}

async fn import(service: &Service, clerk: &Caller, area: AreaId, size: usize) -> Result<()> {
    let mut text = String::from(crate::cli::demo::ROLL_HEADINGS);
    for n in 0..size {
        let (building, room) = home(n);
        let _ = writeln!(text, "{},,1980-01-01,,,{building},,{room},是,", name(n));
    }
    let import = service.import_preview(clerk, area, "replay.csv", text.into_bytes()).await?;
    settle(service).await?;
    service.import_apply(clerk, import).await?;
    settle(service).await?;
    let view = service.import_status(clerk, import).await?;
    if view.state == ImportState::Done {
        return Ok(());
    }
    Err(DeviceError::Unexpected(format!("the roll was not imported: {:?} {:?}", view.state, view.problems.first())))
}

/// Letters are made building by building: one request covers at most 5,000 people.
async fn codes(service: &Service, clerk: &Caller, area: AreaId) -> Result<HashMap<String, String>> {
    let mut codes = HashMap::new();
    for building in service.areas(clerk).await?.into_iter().filter(|view| view.parent == Some(area)) {
        let form = LetterRequest { area: building.id, household: None, unverified_only: true };
        let batch = service.issue_letters(clerk, form).await?;
        codes.extend(batch.letters.into_iter().flat_map(|letter| letter.codes).map(|code| (code.name, code.code)));
    }
    Ok(codes)
}

/// Voter `n` signs up and proves who they are; answers the session's token.
async fn join(service: &Service, n: usize, codes: &HashMap<String, String>) -> Result<String> {
    let (caller, token) = sign_up(service, &format!("voter{n}")).await?;
    let (building, room) = home(n);
    let code = codes.get(&name(n)).cloned().unwrap_or_default();
    service.verify_by_code(&caller, VerifyByCode { name: name(n), building, unit: String::new(), room, code }).await?;
    Ok(token)
}

/// Lets everything happen that is due.
pub(super) async fn settle(service: &Service) -> Result<()> {
    while service.run_due_jobs("replay").await? > 0 {}
    Ok(())
}
