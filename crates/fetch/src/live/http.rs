//! One request, one answer, everything bounded: time, bytes, headers, what a compressed body grows to.
//!
//! No redirect is followed here and no status is an error: those are for `live` to judge. The only addresses that are
//! connected to are those that the guard let through, checked after the name was looked up; behind a proxy, which looks
//! names up itself, the addresses that are given as numbers.

use super::address;
use super::forward::Forward;
use super::proxy::{self, Proxies};
use super::trust::{self, Trust};
use std::io::{self, Read};
use std::net::{IpAddr, SocketAddr};
use std::sync::OnceLock;
use std::time::Duration;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Connector as _, DefaultConnector, NextTimeout};
use ureq::{Agent, Proxy};
use url::Url;

/// The most bytes of an answer's head.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It must not be asked, or is nothing that is read: asking again changes nothing.
    Refused(String),
    /// It may come right: worth another try.
    Passing(String),
    /// It will not come right soon.
    Lasting(String),
}

/// An answer whose body is not read yet.
pub(crate) struct Answer {
    /// Its status.
    pub(crate) status: u16,
    headers: ureq::http::HeaderMap,
    body: ureq::Body,
}

/// What to do with a body that is too long.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TooLong {
    /// It is refused.
    Refuse,
    /// Its head is taken.
    Cut,
}

/// Sends requests.
pub(crate) struct Client {
    wire: Wire,
    /// Made when the first request is: certificates are not looked for in vain.
    agents: OnceLock<Result<Agents, String>>,
}

/// Those who ask, by the way they take.
struct Agents {
    direct: Agent,
    /// Through the proxy for addresses that begin with `http:`.
    http: Option<Agent>,
    /// Through the one for those that begin with `https:`.
    https: Option<Agent>,
}

/// What a client is told once.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    /// Who asks.
    pub(crate) user_agent: String,
    /// Whether addresses that are not of the public net may be connected to.
    pub(crate) allow_private: bool,
    /// Sockets that may be connected to all the same.
    pub(crate) allowed: Vec<SocketAddr>,
    /// Names with their numbers, for those that are not to be looked up.
    pub(crate) names: Vec<(String, IpAddr)>,
    /// The longest that one request may take from the look-up to the last byte.
    pub(crate) timeout: Duration,
    /// The longest that a connection may take.
    pub(crate) connect_timeout: Duration,
    /// Whose word is taken that a site is who it says it is.
    pub(crate) trust: Trust,
    /// Through whom sites are asked.
    pub(crate) proxies: Proxies,
}

impl Client {
    /// A client; one for all hosts.
    pub(crate) fn new(wire: Wire) -> Client {
        Client { wire, agents: OnceLock::new() }
    }

    /// Asks for `at` with these headers beside the usual ones.
    pub(crate) fn get(&self, at: &Url, headers: &[(&str, &str)]) -> Result<Answer, Failure> {
        let agents = self.agents.get_or_init(|| Agents::new(&self.wire));
        let agents = agents.as_ref().map_err(|why| Failure::Lasting(why.clone()))?;
        let mut agent = &agents.direct;
        if self.wire.proxies.is_for(at) {
            if let Some(ip) = proxy::private_number(at).filter(|_| !self.wire.allow_private) {
                return Err(Failure::Refused(Private(ip).to_string()));
            }
            let one = if at.scheme() == "https" { &agents.https } else { &agents.http };
            agent = one.as_ref().unwrap_or(agent);
        }
        let mut request = agent.get(at.as_str());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, body) = request.call().map_err(|error| failure(&error))?.into_parts();
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
    }
}

impl Agents {
    fn new(wire: &Wire) -> Result<Agents, String> {
        let tls = trust::config(&wire.trust).map_err(|why| format!("no safe connection: {why}"))?;
        let agent = |told: Option<&String>, scheme: &str| {
            let proxy = match told {
                None => None,
                Some(told) => Some(Proxy::new(told).map_err(|_| format!("{scheme}_proxy names no proxy"))?),
            };
            // A proxy hands plain requests on itself; many let tunnels through to safe sites alone.
            let forward = proxy
                .as_ref()
                .filter(|proxy| scheme == "http" && proxy.protocol() == ureq::ProxyProtocol::Http);
            let forward = forward.map(Forward::new);
            let config = Agent::config_builder()
                .user_agent(&wire.user_agent)
                .accept(
                    "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1",
                )
                .accept_encoding("gzip")
                .proxy(proxy.clone().filter(|_| forward.is_none()))
                .tls_config(tls.clone())
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .max_response_header_size(MAX_HEAD_BYTES)
                .timeout_global(Some(wire.timeout))
                .timeout_connect(Some(wire.connect_timeout))
                .build();
            let guard = Guard {
                allow_private: wire.allow_private,
                allowed: wire.allowed.clone(),
                names: wire.names.clone(),
                proxy,
                forwards: forward.is_some(),
            };
            Ok::<Agent, String>(match forward {
                Some(forward) => Agent::with_parts(config, DefaultConnector::new().chain(forward), guard),
                None => Agent::with_parts(config, DefaultConnector::new(), guard),
            })
        };
        let through =
            |told: &Option<String>, scheme| told.as_ref().map(|told| agent(Some(told), scheme)).transpose();
        Ok(Agents {
            direct: agent(None, "")?,
            http: through(&wire.proxies.http, "http")?,
            https: through(&wire.proxies.https, "https")?,
        })
    }
}

impl Answer {
    /// A header's values, those that are ASCII; by its name in lower case.
    pub(crate) fn header<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a str> {
        self.headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok()).map(str::trim)
    }

    /// The body, decompressed, at most `max` bytes of it on the wire and after.
    pub(crate) fn read(&mut self, max: usize, too_long: TooLong) -> Result<Vec<u8>, Failure> {
        let too_big = || Failure::Refused(over(max));
        let announced = self.body.content_length().unwrap_or(0);
        if too_long == TooLong::Refuse && announced > max as u64 {
            return Err(too_big());
        }
        let mut bytes = Vec::new();
        let read = self.body.as_reader().take(max as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| broken_off(&error))?;
        let cut = |mut bytes: Vec<u8>| match (bytes.len() > max, too_long) {
            (false, _) => Ok(bytes),
            (true, TooLong::Refuse) => Err(too_big()),
            (true, TooLong::Cut) => {
                bytes.truncate(max);
                Ok(bytes)
            }
        };
        let bytes = cut(bytes)?;
        let encodings: Vec<String> = self
            .header("content-encoding")
            .flat_map(|value| value.split(','))
            .map(|word| word.trim().to_ascii_lowercase())
            .collect();
        match encodings
            .iter()
            .map(String::as_str)
            .filter(|word| !["", "identity"].contains(word))
            .collect::<Vec<_>>()[..]
        {
            [] => Ok(bytes),
            ["gzip" | "x-gzip"] => cut(gunzip(&bytes, max)?),
            _ => Err(Failure::Refused(format!(
                "compressed as {}, which was not asked for",
                encodings.join(", ")
            ))),
        }
    }
}

/// Why an answer is too long.
pub(crate) fn over(max: usize) -> String {
    match max {
        0..1_000_000 => format!("over {} kB", max / 1_000),
        _ => format!("over {} MB", max / 1_000_000),
    }
}

/// Decompresses gzip, at most one byte more than `max`.
pub(crate) fn gunzip(bytes: &[u8], max: usize) -> Result<Vec<u8>, Failure> {
    let mut plain = Vec::new();
    match flate2::read::MultiGzDecoder::new(bytes).take(max as u64 + 1).read_to_end(&mut plain) {
        Ok(_) => Ok(plain),
        Err(error) => Err(Failure::Passing(format!("broken gzip: {}", error.to_string().to_lowercase()))),
    }
}

/// What ureq says, in our words.
fn failure(error: &ureq::Error) -> Failure {
    use ureq::Error;
    match error {
        Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<Private>()) {
            Some(private) => Failure::Refused(private.to_string()),
            None => broken_off(error),
        },
        Error::Timeout(timeout) => Failure::Passing(format!("no answer in time ({timeout})")),
        Error::HostNotFound => Failure::Lasting("no such host".to_owned()),
        Error::BadUri(_) | Error::Http(_) => {
            Failure::Refused(format!("no address that can be asked: {error}"))
        }
        Error::Rustls(error) => Failure::Lasting(trust::unsafe_because(error)),
        Error::Tls(_) => Failure::Lasting(format!("no safe connection: {error}")),
        // Its own errors may pass; what it forbids does not.
        Error::ConnectProxyFailed(why) if why.contains("responded 5") => {
            Failure::Passing(format!("the proxy does not get through: {why}"))
        }
        Error::ConnectProxyFailed(why) => {
            Failure::Lasting(format!("the proxy does not let it through: {why}"))
        }
        Error::Protocol(error) => Failure::Passing(format!("not understood: {error}")),
        Error::LargeResponseHeader(..) => Failure::Lasting("the answer's head is over 64 KB".to_owned()),
        error => Failure::Passing(error.to_string()),
    }
}

fn broken_off(error: &io::Error) -> Failure {
    // ureq hands its own errors through those of reading.
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        return failure(inner);
    }
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return Failure::Lasting(trust::unsafe_because(inner));
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::Passing("the connection was refused".to_owned()),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => {
            Failure::Passing("no answer in time".to_owned())
        }
        io::ErrorKind::UnexpectedEof => Failure::Passing("the connection broke off".to_owned()),
        _ if error.to_string().contains("failed to lookup") => Failure::Lasting("no such host".to_owned()),
        _ => Failure::Passing(format!("the connection broke off: {}", error.to_string().to_lowercase())),
    }
}

/// Looks names up and lets through what may be connected to.
#[derive(Debug)]
struct Guard {
    allow_private: bool,
    allowed: Vec<SocketAddr>,
    names: Vec<(String, IpAddr)>,
    /// The proxy that is asked instead: it may lie anywhere.
    proxy: Option<Proxy>,
    /// Whether every name leads to the proxy.
    forwards: bool,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &ureq::http::Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        if let Some(proxy) = &self.proxy
            && (self.forwards || uri.authority() == proxy.uri().authority())
        {
            return DefaultResolver::default().resolve(proxy.uri(), config, timeout);
        }
        let host = uri.host().unwrap_or_default();
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let mut found = self.empty();
        match self.names.iter().find(|(name, _)| name == host) {
            Some((_, ip)) => found.push(SocketAddr::new(*ip, port)),
            None => found = DefaultResolver::default().resolve(uri, config, timeout)?,
        }
        let mut kept = self.empty();
        for addr in found.iter() {
            if self.allow_private || self.allowed.contains(addr) || address::is_public(addr.ip()) {
                kept.push(*addr);
            }
        }
        match found.iter().next() {
            Some(addr) if kept.is_empty() => Err(io::Error::other(Private(addr.ip())).into()),
            _ => Ok(kept),
        }
    }
}

/// A name leads to where it must not.
#[derive(Debug)]
struct Private(IpAddr);

impl std::fmt::Display for Private {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "leads to {}, which is not of the public net (--allow-private permits it)", self.0)
    }
}

impl std::error::Error for Private {}
