//! The installation's one secret, and the keys derived from it.

use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;

/// The installation's master secret: 32 bytes, the same on every node, never in the database.
#[derive(Debug)]
pub struct Secrets(SecretBox<[u8; 32]>);

impl Secrets {
    /// Wraps the 32 bytes.
    #[must_use]
    pub fn new(master: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(master)))
    }

    /// The key for one purpose: HKDF-SHA256 (RFC 5869) of the master secret, `purpose` as info.
    #[must_use]
    pub fn key(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, self.0.expose_secret())
            .expand(purpose.as_bytes(), &mut key)
            .expect("32 bytes are within HKDF's bound of 255 hashes");
        key
    }
}
