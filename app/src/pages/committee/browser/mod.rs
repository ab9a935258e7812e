//! What the workbench asks of the browser beyond `polls::device`: form values, the camera. Nothing of it on the server.

#[cfg(feature = "hydrate")]
#[path = "here.rs"]
mod this;
#[cfg(not(feature = "hydrate"))]
#[path = "server.rs"]
mod this;

pub(super) use this::{Camera, can_scan, fragment, values, values_of};

/// Why scanning does not begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoCamera {
    /// This browser cannot read codes.
    CannotScan,
    /// The camera may not be used, or there is none.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser meets it"))]
    Denied,
}
