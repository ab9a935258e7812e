//! A file that came with a form, on the server.

use crate::error::Answer;
use core::str::FromStr;
use leptos::server_fn::codec::MultipartData;
use types::{ErrorCode, Problem};

/// The largest file: a roll of 100,000 rows as a spreadsheet.
const LARGEST: usize = 30 * 1024 * 1024;

/// A form with one file.
pub(super) struct Upload {
    values: Vec<(String, String)>,
    /// As the browser calls it.
    pub(super) file_name: String,
    pub(super) bytes: Vec<u8>,
}

impl Upload {
    /// An id that the form carries.
    pub(super) fn id<Id: FromStr>(&self, name: &str) -> Answer<Id> {
        let text = self.values.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        text.and_then(|text| text.parse().ok()).ok_or_else(|| ErrorCode::Invalid.into())
    }
}

/// Reads the form to its end, or to the limit.
pub(super) async fn read(data: MultipartData) -> Answer<Upload> {
    let mut form = data.into_inner().ok_or(ErrorCode::Invalid)?;
    let mut upload = Upload { values: Vec::new(), file_name: String::new(), bytes: Vec::new() };
    while let Some(mut field) = form.next_field().await.map_err(|_| ErrorCode::Invalid)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|_| ErrorCode::Invalid)? {
            if bytes.len() + chunk.len() > LARGEST {
                return Err(ErrorCode::TooLarge.into());
            }
            bytes.extend_from_slice(&chunk);
        }
        match file_name {
            Some(file_name) => (upload.file_name, upload.bytes) = (file_name, bytes),
            None if upload.values.len() < 20 => {
                upload.values.push((name, String::from_utf8_lossy(&bytes).into_owned()))
            }
            None => return Err(ErrorCode::Invalid.into()),
        }
    }
    if upload.bytes.is_empty() {
        return Err(Problem::field("file", "required").into());
    }
    Ok(upload)
}
