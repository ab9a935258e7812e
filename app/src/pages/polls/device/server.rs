//! On the server: nothing of this is there.

use super::FetchError;

pub(crate) fn read(_key: &str) -> Option<String> {
    None
}

pub(crate) fn write(_key: &str, _value: &str) -> bool {
    false
}

pub(crate) fn forget(_key: &str) {}

pub(crate) fn keys(_prefix: &str) -> Vec<String> {
    Vec::new()
}

pub(super) fn fill(_bytes: &mut [u8]) -> bool {
    false
}

pub(crate) fn is_marked(_name: &str, _value: usize) -> bool {
    false
}

pub(crate) fn stopwatch() -> f64 {
    0.0
}

pub(crate) fn wall_clock() -> i64 {
    0
}

pub(crate) async fn sleep(_ms: u32) {}

pub(crate) async fn fetch(_url: &str) -> Result<Vec<u8>, FetchError> {
    Err(FetchError::Offline)
}

pub(crate) fn on_online(_run: impl FnMut() + 'static) {}

pub(crate) fn can_speak() -> bool {
    false
}

pub(crate) fn speak(_text: &str, _lang: &str, _ended: impl FnMut() + 'static) {}

pub(crate) fn stop_speaking() {}

pub(crate) async fn copy(_text: &str) -> bool {
    false
}

pub(crate) async fn share(_title: &str, _url: &str) -> bool {
    false
}

pub(crate) fn print() {}

pub(crate) fn download(_name: &str, _text: &str) {}
