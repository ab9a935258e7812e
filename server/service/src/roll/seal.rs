//! Personal data at rest: XChaCha20-Poly1305 with a random nonce in front, the purpose bound to it.

use crate::Service;
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};

const NONCE: usize = 24;

impl Service {
    /// Nonce and ciphertext of `plain`.
    pub(crate) fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        self.fill_random(&mut nonce);
        let cipher = XChaCha20Poly1305::new(&self.secret("personal data").into());
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).expect("shorter than 256 GiB");
        [&nonce[..], &sealed].concat()
    }

    /// What was sealed for `purpose`; none if it was changed or sealed under another secret.
    pub(crate) fn unseal(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let cipher = XChaCha20Poly1305::new(&self.secret("personal data").into());
        cipher.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: purpose.as_bytes() }).ok()
    }
}
