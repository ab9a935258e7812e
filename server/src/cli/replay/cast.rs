//! Voters' phones, over the public HTTP API.

use super::community::Voter;
use crate::cli::devices::rng;
use service::Entropy;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use types::polls::VotingContext;

/// How often a phone tries again where the portal says that it is busy.
const TRIES: u32 = 20;

/// A phone's request was not answered as it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {problem}")]
pub struct HttpError {
    /// Method and path.
    pub what: String,
    /// What came instead.
    pub problem: String,
}

/// A client of the API with one voter's session.
struct Phone<'a> {
    agent: &'a ureq::Agent,
    /// `http://127.0.0.1:…/api/v1/polls/ID`
    poll: &'a str,
    voter: &'a Voter,
}

impl Phone<'_> {
    /// Asks for the context, registers the credential, seals, casts.
    fn vote(&self, choices: &[u16], entropy: &dyn Entropy) -> Result<(), HttpError> {
        let context = self.send("GET", "voting-context", &[])?;
        let wrong = |problem: String| HttpError { what: format!("{}/voting-context", self.poll), problem };
        let context: VotingContext = serde_json::from_slice(&context).map_err(|error| wrong(error.to_string()))?;
        let choices = [choices.to_vec()];
        let prepared = self
            .voter
            .device
            .prepare(&context, &choices, &mut rng(entropy))
            .map_err(|error| wrong(error.to_string()))?;
        if let Some(credential) = prepared.credential {
            self.send("POST", "credentials", &credential)?;
        }
        self.send("POST", "ballots", &prepared.ballot.bytes).map(drop)
    }

    fn send(&self, method: &str, path: &str, body: &[u8]) -> Result<Vec<u8>, HttpError> {
        let what = format!("{method} {}/{path}", self.poll);
        let fail = |problem: String| HttpError { what: what.clone(), problem };
        for _ in 0..TRIES {
            let address = format!("{}/{path}", self.poll);
            let bearer = format!("Bearer {}", self.voter.token);
            let answer = match method {
                "GET" => self.agent.get(&address).header("authorization", &bearer).call(),
                _ => self
                    .agent
                    .post(&address)
                    .header("authorization", &bearer)
                    .content_type("application/octet-stream")
                    .send(body),
            };
            let mut answer = answer.map_err(|error| fail(error.to_string()))?;
            let status = answer.status().as_u16();
            let text = answer.body_mut().read_to_vec().map_err(|error| fail(error.to_string()))?;
            match status {
                200 | 201 => return Ok(text),
                // As Retry-After asks; a phone would wait the same second.
                503 => thread::sleep(Duration::from_secs(1)),
                _ => return Err(fail(format!("{status} {}", String::from_utf8_lossy(&text)))),
            }
        }
        Err(fail("the portal stays busy".to_owned()))
    }
}

/// Every voter casts their ballot: `phones` of them at the same time. `poll` is the address of the poll in the API.
///
/// # Errors
/// [`HttpError`] of the first phone that failed; the others stop soon.
pub fn cast_all(
    poll: &str,
    voters: &[Voter],
    ballots: &[Vec<u16>],
    phones: usize,
    entropy: &dyn Entropy,
) -> Result<(), HttpError> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_idle_connections_per_host(phones)
        .max_idle_connections(phones)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into();
    let next = AtomicUsize::new(0);
    let work = || -> Result<(), HttpError> {
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let (Some(voter), Some(choices)) = (voters.get(n), ballots.get(n)) else { return Ok(()) };
            let phone = Phone { agent: &agent, poll, voter };
            phone.vote(choices, entropy).inspect_err(|_| next.store(usize::MAX / 2, Ordering::Relaxed))?;
        }
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..phones).map(|_| scope.spawn(work)).collect();
        running.into_iter().try_for_each(|phone| {
            let panicked = |_| HttpError { what: "a phone".to_owned(), problem: "panicked".to_owned() };
            phone.join().map_err(panicked)?
        })
    })
}
