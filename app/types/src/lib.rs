//! What the browser and the server both say: ids, wire structs, validation, error codes.
//!
//! One file per area. Nothing here knows of HTTP, SQL or pages; the dependencies are serde and the text of bytes.
//! A new error is a line in [`ErrorCode`]; a new id a line in [`ids`].

pub mod bytes;
pub mod committee;
pub mod error;
pub mod identity;
pub mod ids;
pub mod polls;
pub mod roll;
pub mod time;

pub use error::{ErrorCode, FieldProblem, Problem};
pub use time::Timestamp;
