//! The three polls, from the draft to where they stand today.

use super::accounts::Community;
use super::people::Dice;
use super::report::{DemoAccounts, DemoPoll, DemoPolls, DemoReport};
use super::{DAY, settle, stories};
use crate::cli::devices::{HandClock, Proposal, Result, TrusteeDevice, open_sums, prepare_poll};
use rand_chacha::rand_core::CryptoRng;
use service::{Clock as _, Service};
use types::Timestamp;
use types::ids::{AccountId, PollId};
use types::polls::{KeyDraft, PollDraft};

const HOUR: i64 = DAY / 24;

/// Somebody who answers a poll at some time.
struct Answer {
    at: Timestamp,
    voter: usize,
    poll: PollId,
    choices: Vec<Vec<u16>>,
}

/// Holds all three polls and tells what there is to try.
pub(super) async fn hold<R: CryptoRng>(
    service: &Service,
    clock: &HandClock,
    now: Timestamp,
    community: Community,
    rng: &mut R,
) -> Result<DemoReport> {
    let ago = |days: i64, hours: i64| now.plus_ms(-(days * DAY + hours * HOUR));
    let (clerks, trustees) = (&community.clerks, &community.trustees);
    for clerk in clerks {
        clerk.register_key(service).await?;
    }
    let mut dice = Dice::new(0x6d69_6e79_6931);

    clock.move_to(ago(20, 3));
    let draft = dated(stories::small_works(), ago(18, 0), ago(8, 0), &community, trustees);
    let finished = prepare_poll(service, community.area, draft, clerks, trustees, rng).await?;
    let voters = community.voters.len();
    let answers = (0..voters)
        .map(|voter| answer(&mut dice, voter, finished, (ago(18, 0), ago(8, 1)), stories::about_small_works));
    let answers = answers.collect();
    cast(service, clock, &community, answers, rng).await?;
    clock.move_to(ago(8, 0).plus_ms(1));
    settle(service).await?;
    clock.move_to(ago(7, 20));
    open_sums(service, finished, &trustees[..2], clock.now()).await?;

    clock.move_to(ago(6, 0));
    let draft = dated(stories::handrails(), ago(4, 0), now.plus_ms(10 * DAY), &community, trustees);
    let files = vec![("handrails.png", stories::HANDRAILS_DRAWING)];
    let open = prepare_poll(service, community.area, Proposal { draft, files }, clerks, trustees, rng).await?;
    clock.move_to(ago(5, 0));
    let draft = dated(stories::new_year(), ago(2, 0), now.plus_ms(5 * DAY), &community, &[]);
    let system = prepare_poll(service, community.area, draft, clerks, &[], rng).await?;
    let mut answers = Vec::new();
    for voter in 0..voters {
        if voter % 5 != 0 {
            answers.push(answer(&mut dice, voter, open, (ago(4, 0), ago(0, 1)), stories::about_handrails));
        }
        if voter % 2 == 0 {
            answers.push(answer(&mut dice, voter, system, (ago(2, 0), ago(0, 1)), stories::about_new_year));
        }
    }
    cast(service, clock, &community, answers, rng).await?;
    clock.move_to(now);
    settle(service).await?;

    let unverified = community.stranger(service).await?;
    let poll = |id: PollId, draft: PollDraft| {
        let url = format!("{}/polls/{id}", service.public_url());
        DemoPoll { id: id.to_string(), title: draft.title, url }
    };
    Ok(DemoReport {
        url: service.public_url().to_owned(),
        area: community.area.to_string(),
        people: community.people,
        accounts: DemoAccounts {
            operator: community.operator.account,
            lead: community.lead.account,
            clerks: community.clerk_accounts,
            trustees: community.trustee_accounts,
            residents: community.residents.into_iter().map(|somebody| somebody.account).collect(),
        },
        polls: DemoPolls {
            open: poll(open, stories::handrails()),
            finished: poll(finished, stories::small_works()),
            system: poll(system, stories::new_year()),
        },
        unverified,
    })
}

/// The draft with its dates, its electorate, and its trustees (none: the system key stays).
fn dated(
    draft: PollDraft,
    opens: Timestamp,
    closes: Timestamp,
    community: &Community,
    trustees: &[TrusteeDevice],
) -> PollDraft {
    let accounts: Vec<AccountId> =
        trustees.iter().filter_map(|device| Some(device.caller.account.as_ref()?.account)).collect();
    let key = if accounts.is_empty() { draft.key } else { KeyDraft::Trustees { k: 2, accounts } };
    let mut eligibility = draft.eligibility;
    eligibility.areas = vec![community.area];
    PollDraft { opens_at: Some(opens), closes_at: Some(closes), key, eligibility, ..draft }
}

fn answer(
    dice: &mut Dice,
    voter: usize,
    poll: PollId,
    (from, to): (Timestamp, Timestamp),
    choose: fn(&mut Dice) -> Vec<u16>,
) -> Answer {
    let span = usize::try_from(to.since(from)).unwrap_or(1);
    let after = i64::try_from(dice.below(span)).unwrap_or(0);
    Answer { at: from.plus_ms(after.max(HOUR)), voter, poll, choices: vec![choose(dice)] }
}

/// Casts the answers in the order of their times.
async fn cast<R: CryptoRng>(
    service: &Service,
    clock: &HandClock,
    community: &Community,
    mut answers: Vec<Answer>,
    rng: &mut R,
) -> Result<()> {
    answers.sort_by_key(|answer| answer.at);
    for answer in answers {
        let Some((caller, device)) = community.voters.get(answer.voter) else { continue };
        clock.move_to(answer.at);
        settle(service).await?;
        device.vote(service, caller, answer.poll, &answer.choices, rng).await?;
    }
    Ok(())
}
