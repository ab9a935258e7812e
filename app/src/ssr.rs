//! What server functions and pages have of the server: the service, who asks, the answer's status and cookies.
//!
//! The web door (`server/src/web.rs`, `server/src/pages.rs`) provides, for every page and every server function, the
//! contexts [`Service`], [`Prefs`], [`Site`], and the [`Caller`] as an extension of the request. After a form that was
//! posted without JavaScript and refused it provides [`Posted`] as well.

pub use crate::page::{Posted, Prefs, Site, Theme, View};
use crate::{error::Answer, page::is_local};
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::{prelude::use_context, server_fn::codec::MultipartData};
use leptos_axum::ResponseOptions;
use service::{Caller, Service};
use std::{
    collections::HashMap,
    str::FromStr,
    sync::{LazyLock, Mutex, PoisonError},
};
use types::{ErrorCode, Problem, identity::NewSession};

/// The service and who asks: the first line of a server function.
///
/// # Errors
/// [`ErrorCode::Internal`] outside a request.
pub async fn door() -> Answer<(Service, Caller)> {
    let service = use_context::<Service>().ok_or(ErrorCode::Internal)?;
    Ok((service, caller()))
}

/// Who asks; nobody signed in, where the request does not say.
#[must_use]
pub fn caller() -> Caller {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Caller>().cloned()).unwrap_or_default()
}

/// Sends the reader to another page of ours: with and without JavaScript, after a form or while a page is rendered.
pub fn redirect(path: &str) {
    let ours = is_local(path) && HeaderValue::from_str(path).is_ok();
    leptos_axum::redirect(if ours { path } else { "/" });
}

/// A posted form with one file.
pub struct Upload {
    /// The file's name as the browser gives it; never a path.
    pub file_name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    fields: Vec<(String, String)>,
}

impl Upload {
    /// The value of a field.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] where there is none.
    pub fn text(&self, name: &str) -> Answer<&str> {
        let found = self.fields.iter().find(|(field, _)| field == name);
        Ok(found.map(|(_, value)| value.as_str()).ok_or_else(|| Problem::field(name, "required"))?)
    }

    /// The id in a field.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] where there is none.
    pub fn id<Id: FromStr>(&self, name: &str) -> Answer<Id> {
        Ok(self.text(name)?.parse().map_err(|_| Problem::field(name, "invalid"))?)
    }
}

/// The most bytes of one upload; what a kind of file may have is the service's business.
const UPLOAD_LIMIT: usize = 64 << 20;

/// Reads a form with one file to its end.
///
/// # Errors
/// [`ErrorCode::TooLarge`], or [`ErrorCode::Invalid`] where the body is broken or has no file.
pub async fn upload(data: MultipartData) -> Answer<Upload> {
    let mut form = data.into_inner().ok_or(ErrorCode::Internal)?;
    let mut upload = Upload { file_name: String::new(), bytes: Vec::new(), fields: Vec::new() };
    while let Some(mut part) = form.next_field().await.map_err(|_| ErrorCode::Invalid)? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(str::to_owned) else {
            upload.fields.push((name, part.text().await.map_err(|_| ErrorCode::Invalid)?));
            continue;
        };
        upload.file_name = file_name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        while let Some(chunk) = part.chunk().await.map_err(|_| ErrorCode::Invalid)? {
            if upload.bytes.len() + chunk.len() > UPLOAD_LIMIT {
                return Err(ErrorCode::TooLarge.into());
            }
            upload.bytes.extend_from_slice(&chunk);
        }
    }
    if upload.bytes.is_empty() { Err(Problem::field("file", "required").into()) } else { Ok(upload) }
}

/// How the session cookie is called and what follows its value; `server/src/auth` decides and reads it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionCookie {
    /// Its name.
    pub name: &'static str,
    /// Everything after the value, with a semicolon before it.
    pub attributes: &'static str,
}

/// A year.
const LONG: i64 = 365 * 86_400;

/// Gives the browser its session.
pub fn start_session(session: &NewSession) {
    if let Some(SessionCookie { name, attributes }) = use_context() {
        set_cookie(&format!("{name}={}{attributes}; Max-Age={LONG}", session.token));
    }
}

/// Takes the session from the browser.
pub fn end_session() {
    if let Some(SessionCookie { name, attributes }) = use_context() {
        set_cookie(&format!("{name}=deleted{attributes}; Max-Age=0"));
    }
}

/// Keeps a choice of [`Prefs`]: `lang`, `theme` or `view`.
pub fn remember(name: &str, value: &str) {
    set_cookie(&format!("{name}={value}; Path=/; SameSite=Lax; Max-Age={LONG}"));
}

/// Adds a `Set-Cookie` header to the answer.
pub fn set_cookie(cookie: &str) {
    if let (Some(options), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        options.append_header(header::SET_COOKIE, value);
    }
}

/// Sets the page's status, e.g. 404 where a poll does not exist.
pub fn status(code: u16) {
    if let (Some(options), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(code)) {
        options.set_status(status);
    }
}

/// HTML that was made from texts: the same few texts are read again and again, and cleaning takes longer than the rest
/// of a page.
#[derive(Default)]
struct Rendered {
    bytes: usize,
    html: HashMap<String, String>,
}

impl Rendered {
    /// Bytes of texts and HTML kept; beyond, the memory is cleared and filled again.
    const MOST: usize = 8 << 20;

    fn keep(&mut self, text: &str, html: &str) {
        self.bytes += text.len() + html.len();
        if self.bytes > Self::MOST {
            *self = Self { bytes: text.len() + html.len(), html: HashMap::new() };
        }
        self.html.insert(text.to_owned(), html.to_owned());
    }
}

static RENDERED: LazyLock<Mutex<Rendered>> = LazyLock::new(Mutex::default);

/// Markdown as safe HTML, for `parts::prose`. Its highest heading becomes one of the third level, because a page has
/// its own two.
#[must_use]
pub fn markdown(text: &str) -> String {
    let rendered = || RENDERED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(html) = rendered().html.get(text) {
        return html.clone();
    }
    let html = render(text);
    rendered().keep(text, &html);
    html
}

fn render(text: &str) -> String {
    use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};
    let parser = || Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let highest = parser().filter_map(|event| match event {
        Event::End(TagEnd::Heading(level)) => Some(level as usize),
        _ => None,
    });
    let highest = highest.min().unwrap_or(1);
    let lower = |level: HeadingLevel| HeadingLevel::try_from(level as usize + 3 - highest).unwrap_or(HeadingLevel::H6);
    let events = parser().map(|event| match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: lower(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        other => other,
    });
    let mut html = String::with_capacity(text.len() * 3 / 2);
    push_html(&mut html, events);
    CLEANER.clean(&html).to_string()
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    // Pictures and links of our own only: a picture from elsewhere tells its server who reads.
    cleaner.link_rel(Some("noopener nofollow")).url_schemes(["https", "http", "mailto", "tel"].into());
    cleaner.attribute_filter(|element, attribute, value| match (element, attribute) {
        ("img", "src") if !is_local(value) => None,
        _ => Some(value.into()),
    });
    cleaner
});

/// A QR code as SVG in the colour of the text around it, for `parts::drawing`. Empty where the text is too long.
#[must_use]
pub fn qr_svg(text: &str) -> String {
    use fast_qr::convert::{Builder as _, svg::SvgBuilder};
    fast_qr::QRBuilder::new(text)
        .build()
        .map(|code| SvgBuilder::default().background_color("#ffffff").module_color("#000000").to_str(&code))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{markdown, qr_svg};

    #[test]
    fn markdown_keeps_words_and_drops_what_could_harm() {
        let html = markdown(
            "# 标题\n\n**粗** <script>alert(1)</script> ![](https://elsewhere.example/a.png) [x](javascript:alert(1))",
        );
        assert!(html.contains("<h3>标题</h3>") && html.contains("<strong>粗</strong>"), "{html}");
        assert!(!html.contains("script") && !html.contains("elsewhere"), "{html}");
    }

    #[test]
    fn a_qr_code_is_a_drawing() {
        assert!(qr_svg("https://example.org/polls/1").starts_with("<svg"));
    }
}
