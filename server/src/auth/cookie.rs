//! The session cookie.

use axum::http::{HeaderMap, header};

/// Whether the cookie may carry the `__Host-` prefix and `Secure`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieKind {
    /// Behind HTTPS, or on the loopback, where browsers count plain HTTP as secure.
    Host,
    /// Plain HTTP in a local network: for trying out only, and logged as such at the start.
    Plain,
}

impl CookieKind {
    /// The kind that fits the portal's address.
    #[must_use]
    pub fn for_url(url: &str) -> Self {
        let plain = url.strip_prefix("http://");
        let local =
            |host: &str| host.starts_with("127.0.0.1") || host.starts_with("localhost") || host.starts_with("[::1]");
        match plain {
            Some(host) if !local(host) => Self::Plain,
            _ => Self::Host,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Host => "__Host-session",
            Self::Plain => "session",
        }
    }

    /// Everything after the value.
    #[must_use]
    pub const fn attributes(self) -> &'static str {
        match self {
            Self::Host => "; Path=/; HttpOnly; SameSite=Lax; Secure",
            Self::Plain => "; Path=/; HttpOnly; SameSite=Lax",
        }
    }

    /// The token that a request carries.
    pub(super) fn token(self, headers: &HeaderMap) -> Option<String> {
        value(headers, self.name())
    }
}

/// The value of one cookie.
pub(crate) fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then(|| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_http_beyond_this_machine_goes_without_the_prefix() {
        for (url, kind) in [
            ("https://minyi.example", CookieKind::Host),
            ("http://127.0.0.1:3000", CookieKind::Host),
            ("http://localhost:3000", CookieKind::Host),
            ("http://192.168.1.5:3000", CookieKind::Plain),
        ] {
            assert_eq!(CookieKind::for_url(url), kind, "{url}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "xsession=1; lang=en; session=abc".parse().expect("ASCII"));
        assert_eq!(value(&headers, "session").as_deref(), Some("abc"));
        assert_eq!(value(&headers, "sess"), None);
    }
}
