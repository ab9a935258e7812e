//! The key ceremony of the trustees.

mod get;
mod mine;
mod post;
mod rounds;
