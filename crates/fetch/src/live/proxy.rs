//! Here is an address: is it asked for directly, or through a proxy?
//!
//! Which proxies there are, the environment tells, as curl, git and others read it: `http_proxy`, `https_proxy`,
//! `all_proxy` and `no_proxy`, in lower case before upper case. This machine itself is never asked through one.

use super::address;
use std::net::IpAddr;
use url::{Host, Url};

/// Which proxies there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    /// The one for addresses that begin with `http:`.
    pub http: Option<String>,
    /// The one for addresses that begin with `https:`.
    pub https: Option<String>,
    /// Hosts that are asked directly: names (with all that ends in them), numbers, blocks of numbers, `*` for all.
    pub except: Vec<String>,
}

impl Proxies {
    /// What the environment tells; `word` gives its words by their names.
    pub fn told(word: impl Fn(&str) -> Option<String>) -> Proxies {
        let either = |name: &str| {
            let found = [name.to_owned(), name.to_uppercase()].iter().find_map(|name| word(name));
            found.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let all = either("all_proxy");
        Proxies {
            http: either("http_proxy").or_else(|| all.clone()),
            https: either("https_proxy").or(all),
            except: either("no_proxy")
                .iter()
                .flat_map(|list| list.split([',', ' ']))
                .map(str::trim)
                .filter(|entry| !entry.is_empty())
                .map(str::to_ascii_lowercase)
                .collect(),
        }
    }

    /// Whether an address is asked for through a proxy.
    pub(super) fn is_for(&self, at: &Url) -> bool {
        let one = if at.scheme() == "https" { &self.https } else { &self.http };
        one.is_some() && !is_here(at) && !self.except.iter().any(|entry| is_excepted(entry, at))
    }
}

/// Whether an address is one of this machine.
fn is_here(at: &Url) -> bool {
    match at.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// The number that an address names outright, where it is not one of the public net. Names are looked up by the proxy:
/// where they lead to is not known here.
pub(super) fn private_number(at: &Url) -> Option<IpAddr> {
    number(at).filter(|ip| !address::is_public(*ip))
}

fn number(at: &Url) -> Option<IpAddr> {
    match at.host()? {
        Host::Domain(_) => None,
        Host::Ipv4(ip) => Some(ip.into()),
        Host::Ipv6(ip) => Some(ip.into()),
    }
}

fn is_excepted(entry: &str, at: &Url) -> bool {
    if entry == "*" {
        return true;
    }
    if let Some(ip) = number(at) {
        let (block, bits) = match entry.split_once('/') {
            Some((block, bits)) => (block, bits.parse::<u32>().ok()),
            None => (entry, Some(128)),
        };
        let block = block.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        return match (ip, block, bits) {
            (IpAddr::V4(ip), Some(IpAddr::V4(block)), Some(bits)) => {
                (ip.to_bits() ^ block.to_bits()).leading_zeros() >= bits.min(32)
            }
            (IpAddr::V6(ip), Some(IpAddr::V6(block)), Some(bits)) => {
                (ip.to_bits() ^ block.to_bits()).leading_zeros() >= bits.min(128)
            }
            _ => false,
        };
    }
    let (name, port) = match entry.rsplit_once(':') {
        Some((name, port)) => (name, port.parse::<u16>().ok()),
        None => (entry, at.port_or_known_default()),
    };
    let name = name.trim_start_matches('*').trim_start_matches('.');
    let host = at.host_str().unwrap_or_default().trim_end_matches('.');
    let ends = host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    !name.is_empty() && ends && port == at.port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &[(&str, &str)]) -> Proxies {
        Proxies::told(|name| words.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_environment_is_read_as_others_read_it() {
        let proxies = told(&[
            ("HTTP_PROXY", "http://upper:1"),
            ("http_proxy", "http://lower:1"),
            ("ALL_PROXY", "socks5h://all:2"),
            ("NO_PROXY", "vale.example, .ledger.example 10.0.0.0/8"),
        ]);
        assert_eq!(proxies.http.as_deref(), Some("http://lower:1"));
        assert_eq!(proxies.https.as_deref(), Some("socks5h://all:2"));
        assert_eq!(proxies.except, ["vale.example", ".ledger.example", "10.0.0.0/8"]);
        assert_eq!(told(&[("https_proxy", " ")]), Proxies::default());
    }

    #[test]
    fn exceptions_and_this_machine_are_asked_directly() {
        let except = "vale.example,*.ledger.example,port.example:8080,10.0.0.0/8,192.0.2.7,2001:db8::/32";
        let proxies = told(&[("all_proxy", "http://desk:3128"), ("no_proxy", except)]);
        for (at, through) in [
            ("https://other.example/", true),
            ("https://vale.example/", false),
            ("https://www.VALE.example/", false),
            ("https://notvale.example/", true),
            ("http://a.ledger.example/", false),
            ("http://port.example/", true),
            ("http://port.example:8080/", false),
            ("http://10.9.8.7/", false),
            ("http://11.9.8.7/", true),
            ("http://192.0.2.7/", false),
            ("http://192.0.2.8/", true),
            ("http://[2001:db8::5]/", false),
            ("http://[2001:db9::5]/", true),
            ("http://localhost:8000/", false),
            ("http://127.0.0.1/", false),
            ("http://[::1]/", false),
        ] {
            assert_eq!(proxies.is_for(&Url::parse(at).unwrap()), through, "{at}");
        }
        assert!(
            !told(&[("all_proxy", "http://desk:1"), ("no_proxy", "*")])
                .is_for(&Url::parse("http://other.example").unwrap())
        );
        assert!(!Proxies::default().is_for(&Url::parse("http://other.example").unwrap()));
    }
}
