//! Passwords: what is accepted, and argon2id with the parameters OWASP recommends (19 MiB, 2 passes, 1 lane), on blocking
//! threads and a bounded number at a time, so that a wave of sign-ins takes neither the memory nor the async threads.

use crate::{Result, Service};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _},
};
use std::sync::{Arc, LazyLock};
use tokio::{sync::Semaphore, task::spawn_blocking};
use types::{ErrorCode, Problem};
use unicode_normalization::UnicodeNormalization as _;

/// The most used passwords of published lists that have eight characters or more, and the portal's own words.
const COMMON: &str = include_str!("common_passwords.txt");

/// A hash of nothing anybody can type, with the same parameters: an unknown login costs as much as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash(&[0xff; 32], &[0; 16]).unwrap_or_default());

/// How many passwords may be hashed at a time.
pub(crate) struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self(Arc::new(Semaphore::new(cores)))
    }
}

fn argon2() -> Option<Argon2<'static>> {
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, Some(32)).ok()?))
}

fn hash(password: &[u8], salt: &[u8; 16]) -> Option<String> {
    Some(argon2()?.hash_password_with_salt(password, salt).ok()?.to_string())
}

impl Service {
    /// The hash of a new password, as a PHC string.
    ///
    /// # Errors
    /// `Invalid` for `field`: too short, too long, too common, or the login.
    pub(crate) async fn new_password(&self, login: &str, password: &str, field: &str) -> Result<String> {
        let password = acceptable(login, password).map_err(|reason| Problem::field(field, reason))?;
        let mut salt = [0; 16];
        self.fill_random(&mut salt);
        let hashed = self.blocking(move || hash(password.as_bytes(), &salt)).await?;
        Ok(hashed.ok_or(ErrorCode::Internal)?)
    }

    /// Whether the password belongs to the hash; without a hash, the same work and no.
    pub(crate) async fn password_fits(&self, hash: Option<&str>, password: &str) -> Result<bool> {
        let known = hash.is_some();
        let hash = hash.map_or_else(|| NOBODY.clone(), str::to_owned);
        let password: String = password.nfkc().take(128).collect();
        let fits = self.blocking(move || {
            argon2().is_some_and(|argon2| argon2.verify_password(password.as_bytes(), hash.as_str()).is_ok())
        });
        Ok(fits.await? && known)
    }

    async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let permit = Arc::clone(&self.0.passwords.0).acquire_owned().await.map_err(|_| ErrorCode::Internal)?;
        let done = spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        Ok(done.await.map_err(|_| ErrorCode::Internal)?)
    }
}

/// The password in one Unicode form (NFKC, as in RFC 8265), or why it is refused.
fn acceptable(login: &str, password: &str) -> core::result::Result<String, &'static str> {
    let password: String = password.nfkc().take(129).collect();
    match password.chars().count() {
        0..8 => return Err("password_short"),
        8..=128 => {}
        _ => return Err("password_long"),
    }
    let lower = password.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next();
    let one_letter = letters.all(|c| Some(c) == first);
    if one_letter || lower == login || COMMON.lines().any(|common| common == lower) {
        return Err("password_common");
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_those_of_owasp() {
        let phc = hash(b"a password", &[1; 16]).expect("hashes");
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
    }

    #[test]
    fn short_long_and_common_passwords_are_refused() {
        for (password, reason) in [
            ("1234567", "password_short"),
            ("", "password_short"),
            ("12345678", "password_common"),
            ("Password1", "password_common"),
            ("woaini1314", "password_common"),
            ("13800000001", "password_common"),
            ("aaaaaaaaaa", "password_common"),
            (&"x1".repeat(65), "password_long"),
        ] {
            assert_eq!(acceptable("13800000001", password), Err(reason), "{password}");
        }
        assert!(acceptable("li", "红烧茄子配米饭好").is_ok());
    }

    #[test]
    fn full_width_and_half_width_passwords_are_the_same() {
        assert_eq!(acceptable("", "ａｂｃ１２３ｘｙｚ９"), acceptable("", "abc123xyz9"));
    }
}
