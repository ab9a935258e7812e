//! Errors as people and programs meet them.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal, $status:literal;)*) => {
        /// What went wrong, as a stable string; the HTTP status stands beside it.
        ///
        /// Pages say it in words through the locale key `error.<code>`; the API through RFC 9457 problem documents.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[doc = $doc])* #[serde(rename = $text)] $name,)*
        }

        impl ErrorCode {
            /// Every code, for tests and documentation.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable string, kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What it means, in English, as documented here.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*).trim_ascii(),)* }
            }

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

codes! {
    /// A field of the form or document is wrong; see the field problems.
    Invalid = "invalid", 422;
    /// Nobody is signed in.
    SignInNeeded = "sign-in-needed", 401;
    /// The account's identity is not verified.
    VerificationNeeded = "verification-needed", 403;
    /// The policy does not allow it.
    NotAllowed = "not-allowed", 403;
    /// There is no such thing, or it may not be seen.
    NotFound = "not-found", 404;
    /// The address does not take this method; `Allow` lists those that it takes.
    MethodNotAllowed = "method-not-allowed", 405;
    /// The name and password do not belong together.
    WrongCredentials = "wrong-credentials", 401;
    /// Too many tries; wait.
    TooManyTries = "too-many-tries", 429;
    /// The request did not come from our own pages.
    WrongOrigin = "wrong-origin", 403;
    /// The login name is taken.
    LoginTaken = "login-taken", 409;
    /// Name, address and code do not fit the roll.
    NoMatch = "no-match", 422;
    /// The code has expired.
    CodeExpired = "code-expired", 410;
    /// The code is locked after too many tries.
    CodeLocked = "code-locked", 423;
    /// The person on the roll has a verified account already.
    AlreadyVerified = "already-verified", 409;
    /// The thing changed meanwhile, or is not in the state the action needs.
    WrongState = "wrong-state", 409;
    /// The body or file is larger than allowed.
    TooLarge = "too-large", 413;
    /// The file is not of an allowed kind, or is broken.
    WrongFile = "wrong-file", 415;
    /// The bytes are not the one encoding there is.
    NotCanonical = "not-canonical", 422;
    /// Made for another poll, manifest, key or roll.
    WrongPoll = "wrong-poll", 409;
    /// The poll does not take ballots now.
    PollNotOpen = "poll-not-open", 409;
    /// The credential is not on the board.
    UnknownCredential = "unknown-credential", 409;
    /// A later credential of the slot has replaced this one.
    SupersededCredential = "superseded-credential", 409;
    /// The credential belongs to another slot.
    WrongSlot = "wrong-slot", 409;
    /// The slot is another person's.
    NotYourSlot = "not-your-slot", 403;
    /// These very bytes are on the board already.
    Duplicate = "duplicate", 409;
    /// Not the next number of the slot.
    WrongNumber = "wrong-number", 409;
    /// Does not name the slot's ballot before it.
    WrongPrevious = "wrong-previous", 409;
    /// A point of a ciphertext is on the board already.
    ReusedPoint = "reused-point", 409;
    /// A signature fails.
    BadSignature = "bad-signature", 422;
    /// A proof fails.
    BadProof = "bad-proof", 422;
    /// An opened ballot does not open to what was given.
    BadOpening = "bad-opening", 422;
    /// The slot is not on the roll.
    UnknownSlot = "unknown-slot", 409;
    /// The slot has a credential; a new one needs a clerk's re-issue.
    CredentialExists = "credential-exists", 409;
    /// The key is on the board for another credential.
    CredentialReused = "credential-reused", 409;
    /// Not the slot's next generation of credential.
    WrongGeneration = "wrong-generation", 409;
    /// The manifest names no such clerk.
    UnknownClerk = "unknown-clerk", 409;
    /// The manifest names no such trustee.
    UnknownTrustee = "unknown-trustee", 409;
    /// The manifest does not follow its format or limits.
    BadManifest = "bad-manifest", 422;
    /// Not the kind of entry that may come now.
    OutOfOrder = "out-of-order", 409;
    /// Posted already.
    AlreadyPosted = "already-posted", 409;
    /// The coefficients are not those committed to.
    WrongCommitment = "wrong-commitment", 409;
    /// Not the joint key that follows from the board.
    WrongKey = "wrong-key", 409;
    /// Not the ceremony as it stands on the board.
    WrongTranscript = "wrong-transcript", 409;
    /// Not the roll as it stands on the board.
    WrongRoll = "wrong-roll", 409;
    /// Fewer clerks have signed than it takes.
    TooFewSignatures = "too-few-signatures", 409;
    /// Fewer trustees have rehearsed than it takes.
    TooFewRehearsals = "too-few-rehearsals", 409;
    /// Before its time.
    TooEarly = "too-early", 409;
    /// Not the number of entries, ballots or slots on the board.
    WrongCount = "wrong-count", 409;
    /// Not the tree that the board's entries give.
    WrongRoot = "wrong-root", 409;
    /// Not the sum of the last ballots.
    WrongAggregate = "wrong-aggregate", 409;
    /// Fewer ballots than may be counted.
    TooFewBallots = "too-few-ballots", 409;
    /// Fewer shares than it takes.
    TooFewShares = "too-few-shares", 409;
    /// Not the totals that the shares give.
    WrongTotals = "wrong-totals", 409;
    /// Not the outcome that the rule gives.
    WrongOutcome = "wrong-outcome", 409;
    /// The server is busy; try again after a moment.
    Busy = "busy", 503;
    /// Something failed on our side.
    Internal = "internal", 500;
}

/// One wrong field: its name as in the form, and the stable key of what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name, as in the form.
    pub field: String,
    /// The locale key's last part: the sentence is `field_error.<reason>`.
    pub reason: String,
}

/// An error as it travels: a code, and the fields concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What went wrong.
    pub code: ErrorCode,
    /// The fields concerned, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Seconds until another try makes sense, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

impl From<ErrorCode> for Problem {
    fn from(code: ErrorCode) -> Self {
        Self { code, fields: Vec::new(), retry_after: None }
    }
}

impl Problem {
    /// One wrong field.
    #[must_use]
    pub fn field(field: &str, reason: &str) -> Self {
        let field = FieldProblem { field: field.to_owned(), reason: reason.to_owned() };
        Self { code: ErrorCode::Invalid, fields: vec![field], retry_after: None }
    }
}

impl core::fmt::Display for Problem {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code.as_str())
    }
}

impl core::error::Error for Problem {}
