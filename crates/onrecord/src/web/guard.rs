//! Who may ask, and what may a page do? The checks before every answer and the headers on it.

use crate::web::{Site, fail::Failure};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// A page may load this server's own style, script and pictures, and nothing else from anywhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    // The record may change at any moment.
    (header::CACHE_CONTROL, "no-cache"),
];

/// Lets a request through if it only asks, and, where only this machine is served, names this machine.
///
/// The second check stops DNS rebinding: a page elsewhere whose name is made to point at 127.0.0.1 still sends its
/// own name as `Host`.
pub(crate) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let as_json = request.uri().path().ends_with(".json");
    let mut response = if site.local_only && !host.is_some_and(is_this_machine) {
        Failure::WrongHost.into_answer(as_json)
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        ([(header::ALLOW, "GET, HEAD")], Failure::WrongMethod.into_answer(as_json)).into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a `Host` header names this machine by itself: `localhost`, `127.0.0.1:8080`, `[::1]:80`.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((name, port)) if port.is_empty() || is_port(port) => name,
            _ => return false,
        },
        None => match host.find(':') {
            Some(at) if is_port(&host[at..]) => &host[..at],
            Some(_) => return false,
            None => host,
        },
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|port| port.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_pass() {
        for host in
            ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "127.9.9.9", "[::1]:80", "[::1]", "a.localhost"]
        {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "example.org", "example.org:8080", "127.0.0.1.example.org", "localhost.example.org"]
        {
            assert!(!is_this_machine(host), "{host}");
        }
        for host in ["10.0.0.1", "[::2]", "[::1", "localhost:80:80", "localhost:x", "127.0.0.1@evil", ":80"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
