//! By the code from the letter.

use super::Decision;
use crate::{Caller, Result, Service, accounts::address, text, throttle::Limit};
use std::collections::BTreeSet;
use store::{CodeHolder, Proof};
use subtle::ConstantTimeEq as _;
use types::{
    ErrorCode,
    identity::{Identity, VerifyByCode},
};

/// Wrong codes until a household is locked.
const TRIES: i64 = 5;

impl Service {
    /// Verifies the caller as a person on the roll: name, home and code must fit. A wrong code, a wrong name and a wrong
    /// address get the same answer. Every try is counted before the code is compared, so that many at once gain nothing.
    ///
    /// # Errors
    /// `NoMatch`; `CodeLocked` after five wrong codes for the household, of which its clerks are told; `CodeExpired`;
    /// `AlreadyVerified` if another account is that person; `WrongState` if the caller is somebody else; `TooManyTries`.
    pub async fn verify_by_code(&self, caller: &Caller, form: VerifyByCode) -> Result<Identity> {
        let account = self.signed_in(caller)?;
        self.count_try(Limit::CodeByAccount, &account.to_string()).await?;
        self.count_try(Limit::CodeByOrigin, &caller.origin).await?;
        let (unit, room) = (text::place_key(&form.unit), text::place_key(&form.room));
        let (name, code) = (text::name_key(&form.name), self.code_hash(&text::code(&form.code)));
        let holders = self.store().code_holders(&name, &text::place_key(&form.building), &unit, &room).await?;
        let mut tried: Vec<(&CodeHolder, Option<i64>)> = Vec::new();
        for home in homes(&holders, &name) {
            tried.push((home, self.store().take_try(home.household, TRIES).await?));
        }
        // A household without tries left is locked: its codes no longer fit anything.
        let open =
            |holder: &CodeHolder| tried.iter().any(|(home, left)| home.household == holder.household && left.is_some());
        let fits = |holder: &&CodeHolder| {
            holder.name_key == name && holder.code_hash.as_ref().is_some_and(|hash| bool::from(hash.ct_eq(&code)))
        };
        let Some(holder) = holders.iter().find(fits) else {
            return self.wrong_code(&tried, &unit, &room).await;
        };
        // The code was right, whatever comes of it: not a wrong try, here or for namesakes at the same address elsewhere.
        let taken = tried.iter().filter(|(_, left)| left.is_some()).map(|(home, _)| home.household);
        self.store().return_tries(&taken.collect::<Vec<_>>()).await?;
        if !open(holder) {
            return Err(ErrorCode::CodeLocked.into());
        }
        if holder.expires_at.is_none_or(|end| end <= self.now()) {
            return Err(ErrorCode::CodeExpired.into());
        }
        let (person, area) = (holder.person, holder.area);
        let identity = self
            .decide(Decision { account, person, area, proof: Proof::Code(code), hand_over: None, actor: Some(account) })
            .await?;
        self.forgive_tries(Limit::CodeByAccount, &account.to_string()).await?;
        self.return_try(Limit::CodeByOrigin, &caller.origin).await?;
        Ok(identity)
    }

    async fn wrong_code(&self, tried: &[(&CodeHolder, Option<i64>)], unit: &str, room: &str) -> Result<Identity> {
        for (home, left) in tried {
            // Also where the tries are used up and the lock was lost with the process that should have set it.
            if left.is_none_or(|left| left >= TRIES) && !home.locked {
                let now = self.now();
                let entry = self.entry(None, "lock-codes", &format!("household:{}", home.household), Some(home.area));
                let notice = self.locked_notice(home.area, &address(&home.building, unit, room), now, home.household);
                self.store().lock_household(home.household, now, &entry, &notice).await?;
            }
        }
        let locked = !tried.is_empty() && tried.iter().all(|(_, left)| left.is_none_or(|left| left >= TRIES));
        Err(if locked { ErrorCode::CodeLocked } else { ErrorCode::NoMatch }.into())
    }
}

/// One holder for each household the try counts for: those where the name lives, else the only one at the address.
fn homes<'a>(holders: &'a [CodeHolder], name: &str) -> Vec<&'a CodeHolder> {
    let mut seen = BTreeSet::new();
    let named: Vec<_> =
        holders.iter().filter(|holder| holder.name_key == name && seen.insert(holder.household)).collect();
    if !named.is_empty() {
        return named;
    }
    let mut seen = BTreeSet::new();
    let all: Vec<_> = holders.iter().filter(|holder| seen.insert(holder.household)).collect();
    if all.len() == 1 { all } else { Vec::new() }
}
