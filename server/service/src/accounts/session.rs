//! Sessions: a 256-bit token, of which only the hash is stored.

use crate::{Caller, Result, Service, caller::SignedIn, gather::Gather};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use store::FoundSession;
use types::{
    identity::NewSession,
    ids::{AccountId, SessionId},
};

/// A session ends when it was not used for so long.
const IDLE_MS: i64 = 30 * 86_400_000;
/// Use is noted at most this often.
const TOUCH_MS: i64 = 10 * 60_000;

/// Tokens looked up at a time.
const TOGETHER: usize = 128;

/// Sessions that are being looked up.
pub(crate) type SessionReads = Arc<Gather<(), [u8; 32], Option<FoundSession>>>;

/// Nobody asks yet.
pub(crate) fn session_reads() -> SessionReads {
    Gather::new(TOGETHER, 1)
}

/// A session as stored and as answered.
pub(super) struct Fresh {
    pub(super) row: store::NewSession,
    pub(super) answer: NewSession,
}

fn token_hash(token: &[u8]) -> [u8; 32] {
    Sha256::digest(token).into()
}

impl Service {
    pub(super) fn fresh_session(&self, account: AccountId, caller: &Caller) -> Fresh {
        let mut token = [0; 32];
        self.fill_random(&mut token);
        let now = self.now();
        let (id, expires_at) = (SessionId(self.new_id()), now.plus_ms(IDLE_MS));
        let device = crate::text::clean(&caller.device).chars().take(200).collect();
        let row =
            store::NewSession { id, account, token_hash: token_hash(&token).to_vec(), device, at: now, expires_at };
        let answer = NewSession { account, session: id, token: BASE64URL_NOPAD.encode(&token), expires_at };
        Fresh { row, answer }
    }

    /// Who holds this token. An unknown or ended one is nobody's, without an error: the page is shown signed out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn caller(&self, token: &str, origin: String, device: String) -> Result<Caller> {
        let nobody = Caller { account: None, origin, device };
        let Ok(token) = BASE64URL_NOPAD.decode(token.as_bytes()) else { return Ok(nobody) };
        let now = self.now();
        if token.len() != 32 {
            return Ok(nobody);
        }
        let service = self.clone();
        let read = move |hashes: Vec<_>| {
            let service = service.clone();
            async move { Ok(service.store().sessions_by_token(&hashes, service.now()).await?) }
        };
        let found = self.session_reads().ask((), token_hash(&token), read).await?;
        let Some(found) = found else { return Ok(nobody) };
        if now.since(found.seen_at) >= TOUCH_MS {
            self.store().touch_session(found.id, now, now.plus_ms(IDLE_MS)).await?;
        }
        let account = SignedIn { session: found.id, account: found.account, person: found.person };
        Ok(Caller { account: Some(account), ..nobody })
    }
}
