//! After the close: shares, sums, result.

mod close;
mod finish;
mod post_share;
mod work;
