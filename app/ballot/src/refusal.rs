//! Why an entry is refused: one stable code for each reason, the same on the server and in the verifier.

macro_rules! refusals {
    ($( $(#[doc = $doc:literal])+ $name:ident = $code:literal, )+) => {
        /// Why an entry was refused. [`Refusal::code`] is stable: pages and other programs may match on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
        #[non_exhaustive]
        pub enum Refusal {
            $( $(#[doc = $doc])+ #[error($code)] $name, )+
        }

        impl Refusal {
            /// Every refusal there is, in the order in which a ballot is checked; then those of other entries.
            pub const ALL: &'static [Self] = &[$( Self::$name, )+];

            /// The stable code, in kebab case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $( Self::$name => $code, )+ }
            }
        }
    };
}

refusals! {
    /// More bytes than a ballot for this manifest, or than a board entry, may have. Checked before decoding.
    TooLarge = "too-large",
    /// Not the one encoding there is: length, version, kind, a point or a scalar.
    NotCanonical = "not-canonical",
    /// Made for another poll, manifest, joint key or roll.
    WrongPoll = "wrong-poll",
    /// The poll has not been opened, or is closed.
    PollNotOpen = "poll-not-open",
    /// The credential is not on the board.
    UnknownCredential = "unknown-credential",
    /// A later credential of the same slot has replaced this one.
    SupersededCredential = "superseded-credential",
    /// The credential belongs to another slot.
    WrongSlot = "wrong-slot",
    /// The slot is not that of the person who is signed in. Raised by the server; the board knows no persons.
    NotYourSlot = "not-your-slot",
    /// Byte for byte the ballot that is already there.
    Duplicate = "duplicate",
    /// Not the next number of this slot.
    WrongNumber = "wrong-number",
    /// Does not name the slot's ballot before it.
    WrongPrevious = "wrong-previous",
    /// A signature fails.
    BadSignature = "bad-signature",
    /// A proof fails.
    BadProof = "bad-proof",
    /// A point of a ciphertext already stands on the board.
    ReusedPoint = "reused-point",

    /// A challenged ballot does not open to what was published with it.
    BadOpening = "bad-opening",
    /// The slot is not on the roll.
    UnknownSlot = "unknown-slot",
    /// The slot has a credential already; a new one needs a clerk's re-issue.
    CredentialExists = "credential-exists",
    /// The key already stands on the board for another credential.
    CredentialReused = "credential-reused",
    /// Not the slot's next generation of credential.
    WrongGeneration = "wrong-generation",
    /// The manifest names no such clerk.
    UnknownClerk = "unknown-clerk",
    /// The manifest has no such trustee.
    UnknownTrustee = "unknown-trustee",

    /// The manifest does not follow its format or limits.
    BadManifest = "bad-manifest",
    /// Not the kind of entry that may come now.
    OutOfOrder = "out-of-order",
    /// This trustee or clerk has already posted this.
    AlreadyPosted = "already-posted",
    /// A trustee's coefficients are not those it committed to.
    WrongCommitment = "wrong-commitment",
    /// Not the joint key that follows from the board.
    WrongKey = "wrong-key",
    /// Not the ceremony as it stands on the board.
    WrongTranscript = "wrong-transcript",
    /// Not the roll as it stands on the board.
    WrongRoll = "wrong-roll",
    /// Fewer clerks have signed than the manifest asks for.
    TooFewSignatures = "too-few-signatures",
    /// Too few trustees have rehearsed.
    TooFewRehearsals = "too-few-rehearsals",
    /// Before the time the manifest gives.
    TooEarly = "too-early",
    /// Not the number of entries, ballots or slots on the board.
    WrongCount = "wrong-count",
    /// Not the tree that the board's entries give.
    WrongRoot = "wrong-root",
    /// Not the sum of the last ballots.
    WrongAggregate = "wrong-aggregate",
    /// Fewer ballots than may be counted without laying single ones open.
    TooFewBallots = "too-few-ballots",
    /// Fewer shares than it takes to open the sums.
    TooFewShares = "too-few-shares",
    /// Not the totals that the shares give.
    WrongTotals = "wrong-totals",
    /// Not the outcome that the rule gives.
    WrongOutcome = "wrong-outcome",
}
