//! Where a request comes from: our own pages, and which network.

use crate::Portal;
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, header},
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Once,
};

/// Whether a change comes from one of our pages.
///
/// `Sec-Fetch-Site` (Fetch Metadata) where the browser sends it; else `Origin` must name the host that was asked.
/// A request with neither is no browser's, and without a browser there is no cookie to abuse.
pub(super) fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, named)| named.eq_ignore_ascii_case(host))
        }
        (Some(_), None) => false,
    }
}

/// Said once: anybody can send the header, and a log full of it helps nobody.
static UNHEARD: Once = Once::new();

/// The network the request came from, hashed: the key under which tries are counted.
pub(super) fn throttle_key(portal: &Portal, request: &Request) -> String {
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    if forwarded.is_some() && !portal.behind_proxy {
        UNHEARD.call_once(|| {
            tracing::warn!(
                "a request carries X-Forwarded-For, but behind_proxy (MINYI_BEHIND_PROXY) is false: if there is a proxy in front, all who come through it count as one network, and are throttled as one"
            );
        });
    }
    let proxied =
        forwarded.filter(|_| portal.behind_proxy).and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let address = proxied.or(peer).map(network);
    portal.service.origin_key(&address.unwrap_or_default())
}

/// IPv4 whole, IPv6 by its /64: what one household gets.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect()
    }

    #[test]
    fn a_change_from_another_site_is_not_ours() {
        assert!(!is_ours(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_ours(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(!is_ours(&headers(&[("origin", "https://evil.example"), ("host", "minyi.example")])));
        assert!(!is_ours(&headers(&[("origin", "null"), ("host", "minyi.example")])));
        assert!(is_ours(&headers(&[("sec-fetch-site", "same-origin"), ("origin", "null")])));
        assert!(is_ours(&headers(&[("origin", "https://minyi.example"), ("host", "minyi.example")])));
        assert!(is_ours(&headers(&[])));
    }

    #[test]
    fn one_household_is_one_network() {
        let net = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(net("2001:db8:1:2:3::4"), net("2001:db8:1:2:ffff::1"));
        assert_ne!(net("2001:db8:1:2::1"), net("2001:db8:1:3::1"));
        assert_eq!(net("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
