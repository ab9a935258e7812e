//! How much may be sent to a page or a server function, and by whom.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header, request::Parts},
};
use futures::StreamExt as _;
use service::Caller;

/// With a file, from somebody who is signed in: an import of 100,000 people as a spreadsheet.
const FILE: usize = 32 << 20;
/// Without a file, from somebody who is signed in: a draft whose every field is full, as a form writes it.
const FORM: usize = 1 << 20;
/// From anybody.
const STRANGER: usize = 256 << 10;

/// The most bytes that this request may bring.
pub(crate) fn largest(parts: &Parts) -> usize {
    let signed_in = parts.extensions.get::<Caller>().is_some_and(|caller| caller.account.is_some());
    let kind = parts.headers.get(header::CONTENT_TYPE).map_or(&[][..], |kind| kind.as_bytes());
    match (signed_in, kind.starts_with(b"multipart/form-data")) {
        (true, true) => FILE,
        (true, false) => FORM,
        (false, _) => STRANGER,
    }
}

/// Whether the request says of itself that it brings more.
pub(crate) fn is_announced_above(headers: &HeaderMap, most: usize) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    length.is_some_and(|length: u64| length > most as u64)
}

/// The whole body; nothing if it is larger than `most` or breaks off. What is too much is read and thrown away, as far
/// as a file may go: a browser that is still sending does not show the answer.
pub(crate) async fn whole(body: Body, most: usize) -> Option<Bytes> {
    let (mut kept, mut size, mut chunks) = (Vec::new(), 0, body.into_data_stream());
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.ok()?;
        size += chunk.len();
        if size <= most {
            kept.extend_from_slice(&chunk);
        } else if size <= FILE {
            kept = Vec::new();
        } else {
            return None;
        }
    }
    (size <= most).then(|| kept.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;
    use service::SignedIn;
    use types::ids::{AccountId, SessionId};

    #[test]
    fn only_who_is_signed_in_and_brings_a_file_may_bring_much() {
        let somebody = SignedIn { session: SessionId([1; 16]), account: AccountId([1; 16]), person: None };
        for (account, kind, most) in [
            (None, "application/x-www-form-urlencoded", STRANGER),
            (None, "multipart/form-data; boundary=x", STRANGER),
            (Some(somebody.clone()), "application/json", FORM),
            (Some(somebody), "multipart/form-data; boundary=x", FILE),
        ] {
            let request = Request::builder().header(header::CONTENT_TYPE, kind);
            let request = request.extension(Caller { account, ..Caller::default() });
            assert_eq!(largest(&request.body(()).expect("a request").into_parts().0), most, "{kind}");
        }
    }
}
