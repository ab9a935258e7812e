//! After the close: shares, sums, result.

mod post_share;
mod work;
