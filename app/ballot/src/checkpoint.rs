//! Checkpoints of the board: C2SP `tlog-checkpoint` in a `signed-note`, with Ed25519 and `cosignature/v1`.
//!
//! ```text
//! minyi.example/polls/00112233445566778899aabbccddeeff
//! 42
//! qINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=
//!
//! — minyi.example/polls/00112233445566778899aabbccddeeff AAAA…
//! ```

use crate::merkle::TreeHash;
use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use std::str::FromStr;

const ED25519: u8 = 0x01;
const COSIGNATURE_V1: u8 = 0x04;
/// The most bytes of a note.
const MAX_NOTE: usize = 16_384;

/// Why a checkpoint is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// Not a signed note with a checkpoint in it.
    #[error("not a checkpoint")]
    Malformed,
    /// The checkpoint of another log.
    #[error("the checkpoint is another log's")]
    WrongOrigin,
    /// No signature of that name and key, or one that fails.
    #[error("the checkpoint is not signed by this key")]
    BadSignature,
}

/// A tree's size and root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log.
    pub origin: String,
    /// Leaves.
    pub size: u64,
    /// Root.
    pub root: TreeHash,
}

impl Checkpoint {
    /// The text that is signed: three lines.
    #[must_use]
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(&self.root))
    }

    /// The signed note, by the log's key under the log's name.
    #[must_use]
    pub fn sign(&self, key: &LogKey) -> String {
        let body = self.body();
        let signature = key.0.sign(body.as_bytes()).to_bytes();
        let line = signature_line(&self.origin, ED25519, key.public(), &signature);
        format!("{body}\n{line}")
    }
}

/// The key that signs a board's checkpoints.
pub struct LogKey(SigningKey);

impl LogKey {
    /// From 32 secret bytes.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The public key, for the manifest.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }
}

/// A witness: its name and Ed25519 key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Name of the key.
    pub name: String,
    /// Ed25519 public key.
    pub key: [u8; 32],
}

/// Not a verifier key of a witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a witness's key: NAME+ID+BASE64, as the witness publishes it")]
pub struct NotAWitness;

/// The verifier key that a witness publishes (C2SP `signed-note`, `tlog-cosignature`): `name+hash+base64(04 ‖ key)`.
impl FromStr for Witness {
    type Err = NotAWitness;

    fn from_str(text: &str) -> Result<Self, NotAWitness> {
        let (name, rest) = text.split_once('+').ok_or(NotAWitness)?;
        let (id, encoded) = rest.split_once('+').ok_or(NotAWitness)?;
        let bytes = BASE64.decode(encoded.as_bytes()).map_err(|_| NotAWitness)?;
        let [COSIGNATURE_V1, key @ ..] = bytes.as_slice() else { return Err(NotAWitness) };
        let key: [u8; 32] = key.try_into().map_err(|_| NotAWitness)?;
        let fits = !name.is_empty() && !name.contains(char::is_whitespace);
        let named = HEXLOWER.encode(&key_id(name, COSIGNATURE_V1, key)) == id;
        if fits && named { Ok(Self { name: name.to_owned(), key }) } else { Err(NotAWitness) }
    }
}

/// A witness's signature under a checkpoint, with the time it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// The witness's name.
    pub witness: String,
    /// Its key: who a witness is. A name may be written down with several.
    pub key: [u8; 32],
    /// Seconds since 1970 UTC, by the witness's clock.
    pub time: u64,
}

fn key_id(name: &str, algorithm: u8, key: [u8; 32]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', algorithm]).chain_update(key).finalize();
    let hash: [u8; 32] = hash.into();
    [hash[0], hash[1], hash[2], hash[3]]
}

fn signature_line(name: &str, algorithm: u8, key: [u8; 32], signature: &[u8]) -> String {
    let bytes = [&key_id(name, algorithm, key)[..], signature].concat();
    format!("— {name} {}\n", BASE64.encode(&bytes))
}

/// A witness's signature line for a note, to be appended to it.
///
/// # Errors
/// [`CheckpointError::Malformed`] where `note` is not a signed note.
pub fn cosign(note: &str, name: &str, key: &LogKey, time: u64) -> Result<String, CheckpointError> {
    let note = Note::parse(note)?;
    let signature = key.0.sign(&cosigned(note.body, time)).to_bytes();
    let signature = [&time.to_be_bytes()[..], &signature].concat();
    Ok(signature_line(name, COSIGNATURE_V1, key.public(), &signature))
}

fn cosigned(body: &str, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{body}").into_bytes()
}

/// A note split into its text and its signature lines; no signature is checked yet.
#[derive(Clone, Debug)]
pub struct Note<'a> {
    body: &'a str,
    signatures: Vec<(&'a str, Vec<u8>)>,
}

impl<'a> Note<'a> {
    /// Splits a signed note.
    ///
    /// # Errors
    /// [`CheckpointError::Malformed`].
    pub fn parse(note: &'a str) -> Result<Self, CheckpointError> {
        let malformed = CheckpointError::Malformed;
        if note.len() > MAX_NOTE || note.chars().any(|c| c.is_control() && c != '\n') {
            return Err(malformed);
        }
        let blank = note.rfind("\n\n").ok_or(malformed)?;
        let body = note.get(..=blank).ok_or(malformed)?;
        let lines = note.get(blank + 2..).and_then(|l| l.strip_suffix('\n')).ok_or(malformed)?;
        let signature = |line: &'a str| {
            let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
            let bytes = BASE64.decode(encoded.as_bytes()).ok()?;
            (!name.is_empty() && !name.contains('+') && bytes.len() > 4).then_some((name, bytes))
        };
        let signatures = lines.split('\n').map(signature).collect::<Option<_>>().ok_or(malformed)?;
        Ok(Self { body, signatures })
    }

    /// The checkpoint in the note, if the log's key has signed it. Lines after the third are extensions, and signed.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn checkpoint(&self, origin: &str, key: &[u8; 32]) -> Result<Checkpoint, CheckpointError> {
        let malformed = CheckpointError::Malformed;
        let mut lines = self.body.split('\n');
        let mut line = || lines.next().filter(|l| !l.is_empty()).ok_or(malformed);
        let (name, size, root) = (line()?, line()?, line()?);
        if name != origin {
            return Err(CheckpointError::WrongOrigin);
        }
        let size: u64 = size.parse().ok().filter(|n: &u64| n.to_string() == size).ok_or(malformed)?;
        let root = BASE64.decode(root.as_bytes()).ok().and_then(|r| r.try_into().ok()).ok_or(malformed)?;
        let signed = self.signatures_of(origin, ED25519, *key).any(|sig| verifies(key, self.body.as_bytes(), sig));
        if signed { Ok(Checkpoint { origin: name.to_owned(), size, root }) } else { Err(CheckpointError::BadSignature) }
    }

    /// The cosignatures by the given witnesses; signatures of anyone else are passed over.
    ///
    /// # Errors
    /// [`CheckpointError::BadSignature`] where a line carries a witness's name and key id and does not verify.
    pub fn cosignatures(&self, witnesses: &[Witness]) -> Result<Vec<Cosignature>, CheckpointError> {
        let mut found = Vec::new();
        for witness in witnesses {
            for line in self.signatures_of(&witness.name, COSIGNATURE_V1, witness.key) {
                let (time, signature) = line.split_first_chunk::<8>().ok_or(CheckpointError::BadSignature)?;
                let time = u64::from_be_bytes(*time);
                if !verifies(&witness.key, &cosigned(self.body, time), signature) {
                    return Err(CheckpointError::BadSignature);
                }
                found.push(Cosignature { witness: witness.name.clone(), key: witness.key, time });
            }
        }
        Ok(found)
    }

    fn signatures_of(&self, name: &str, algorithm: u8, key: [u8; 32]) -> impl Iterator<Item = &[u8]> {
        let id = key_id(name, algorithm, key);
        let mine = self.signatures.iter().filter(move |(n, bytes)| *n == name && bytes.starts_with(&id));
        mine.filter_map(|(_, bytes)| bytes.get(4..))
    }
}

fn verifies(key: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_bytes(key), Signature::from_slice(signature)) else {
        return false;
    };
    key.verify_strict(message, &signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_witness_is_read_from_the_key_that_it_publishes() {
        let key = LogKey::from_seed(&[3; 32]).public();
        let written = |name: &str, algorithm: u8, id: [u8; 4]| {
            format!("{name}+{}+{}", HEXLOWER.encode(&id), BASE64.encode(&[&[algorithm], &key[..]].concat()))
        };
        let name = "witness.example/w1";
        let good = written(name, COSIGNATURE_V1, key_id(name, COSIGNATURE_V1, key));
        assert_eq!(good.parse(), Ok(Witness { name: name.to_owned(), key }));
        for bad in [
            written("witness.example/w2", COSIGNATURE_V1, key_id(name, COSIGNATURE_V1, key)),
            written(name, ED25519, key_id(name, ED25519, key)),
            good[..good.len() - 4].to_owned(),
            name.to_owned(),
            String::new(),
        ] {
            assert_eq!(bad.parse::<Witness>(), Err(NotAWitness), "{bad}");
        }
    }

    /// The example of Go's `golang.org/x/mod/sumdb/note`, which the signed-note format comes from.
    #[test]
    fn a_note_of_another_implementation_verifies() {
        let encoded = BASE64.decode(b"ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        let key: [u8; 32] = encoded[1..].try_into().unwrap();
        assert_eq!(key_id("PeterNeumann", ED25519, key), [0xc7, 0x4f, 0x20, 0xa3]);
        let text = "If you think cryptography is the answer to your problem,\n\
            then you don't know what your problem is.\n\n\
            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        let note = Note::parse(text).unwrap();
        let mut signatures = note.signatures_of("PeterNeumann", ED25519, key);
        assert!(verifies(&key, note.body.as_bytes(), signatures.next().unwrap()));
        assert_eq!(note.signatures_of("PeterNeumann", COSIGNATURE_V1, key).count(), 0);
    }
}
