//! On the server: nothing of this is there.

use super::NoCamera;
use leptos::{ev::SubmitEvent, html::Video, prelude::NodeRef};

pub(in super::super) fn values(_event: &SubmitEvent) -> Vec<(String, String)> {
    Vec::new()
}

pub(in super::super) fn values_of(_id: &str) -> Vec<(String, String)> {
    Vec::new()
}

pub(in super::super) fn fragment() -> Option<String> {
    None
}

pub(in super::super) fn can_scan() -> bool {
    false
}

pub(in super::super) struct Camera;

impl Camera {
    pub(in super::super) async fn open(_video: NodeRef<Video>) -> Result<Self, NoCamera> {
        Err(NoCamera::CannotScan)
    }

    pub(in super::super) async fn read(&self) -> Option<String> {
        None
    }
}
