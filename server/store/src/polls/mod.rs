//! Polls: drafts, the public board, the frozen roll, ballots, and the lists that pages show.
//!
//! Numbers are `i64` as stored; `service` gives them their proper types. The board's tree is not computed here: a
//! [`Seal`] from outside turns the tree's right edge and new leaves into the next head, inside the transaction.

mod board;
mod drafts;
mod reads;
mod roll;
mod votes;

pub use board::{Board, Checkpoint, Edge, Effect, EntryRecord, Head, NewEntry, Seal, Sealed, Step, TileRecord};
pub use drafts::{AttachmentRecord, ClerkRecord, DraftRecord, NewDraft, PollDrafts, Publication, TrusteeRecord};
pub use reads::{EventRecord, ListCursor, PollReads, PollRecord, PollRow, RoleInPoll};
pub use roll::{Elector, Electors, NewSlot, PollRoll, SlotRecord};
pub use votes::{
    BallotRecord, CredentialRecord, JobFor, PayloadFor, Presented, PresentedRecord, Reissue, ReissueRecord, Vote,
    VoteKind, VoteOutcome, VoteRefusal, Votes, With,
};

/// 32 bytes: a digest, a public key, a group element.
pub type Bytes32 = [u8; 32];

/// All that is stored about polls.
pub trait Polls: Board + PollDrafts + PollReads + PollRoll + Votes {}

impl<T: Board + PollDrafts + PollReads + PollRoll + Votes> Polls for T {}
