//! A plain request to a proxy names the whole address: `GET http://ledger.example/quay`. How is that written?
//!
//! ureq asks every proxy for a tunnel, and many proxies open tunnels to safe sites alone (`http_access deny CONNECT
//! !SSL_ports` is what Squid ships with). So the way of plain addresses leads to the proxy itself (`http`'s guard sees
//! to that), and here the first line of each request gets its address.

use std::fmt;
use ureq::Proxy;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// Writes whole addresses into what goes to a proxy.
pub(super) struct Forward {
    /// A header line that tells the proxy who asks; empty where it does not want to know.
    login: String,
}

impl Forward {
    /// For this proxy.
    pub(super) fn new(proxy: &Proxy) -> Forward {
        let login = match (proxy.username(), proxy.password()) {
            (None, None) => String::new(),
            (name, word) => {
                let both = format!("{}:{}", name.unwrap_or_default(), word.unwrap_or_default());
                format!("Proxy-Authorization: Basic {}\r\n", base64(both.as_bytes()))
            }
        };
        Forward { login }
    }
}

impl fmt::Debug for Forward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The login is nobody's business.
        f.write_str("Forward")
    }
}

impl<In: Transport> Connector<In> for Forward {
    type Out = Whole<In>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let authority = details.uri.authority().map(ToString::to_string).unwrap_or_default();
        let way = |wire| Whole { wire, site: format!("http://{authority}"), login: self.login.clone() };
        Ok(chained.map(way))
    }
}

/// A connection to a proxy for the sake of one site.
#[derive(Debug)]
pub(super) struct Whole<T> {
    wire: T,
    site: String,
    login: String,
}

impl<T: Transport> Transport for Whole<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.wire.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let out = self.wire.buffers().output();
        let whole = whole(&out[..amount], &self.site, &self.login);
        if whole.len() > out.len() {
            return Err(ureq::Error::BadUri("longer than what a request holds".to_owned()));
        }
        out[..whole.len()].copy_from_slice(&whole);
        self.wire.transmit_output(whole.len(), timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.wire.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.wire.is_open()
    }
}

/// The head of a request with the site before its path and the login behind its first line. What is no such head is left
/// as it is: requests have no bodies here, so that each is one head in one piece.
fn whole(head: &[u8], site: &str, login: &str) -> Vec<u8> {
    let Some(rest) = head.strip_prefix(b"GET /") else { return head.to_vec() };
    let Some(end) = rest.windows(2).position(|two| two == b"\r\n") else { return head.to_vec() };
    let (first, rest) = rest.split_at(end + 2);
    [b"GET ", site.as_bytes(), b"/", first, login.as_bytes(), rest].concat()
}

/// Base64 of RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let all =
            three.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(all >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_gets_its_site_and_its_login() {
        let whole = |head: &str, login: &str| {
            String::from_utf8(whole(head.as_bytes(), "http://a.example", login)).unwrap()
        };
        let head = "GET /x?y HTTP/1.1\r\nhost: a.example\r\n\r\n";
        assert_eq!(whole(head, ""), "GET http://a.example/x?y HTTP/1.1\r\nhost: a.example\r\n\r\n");
        assert_eq!(
            whole(head, "p: x\r\n"),
            "GET http://a.example/x?y HTTP/1.1\r\np: x\r\nhost: a.example\r\n\r\n"
        );
        assert_eq!(whole("GET /x", "p: x\r\n"), "GET /x");
        assert_eq!(whole("anything", ""), "anything");
    }

    #[test]
    fn logins_are_written_as_the_standard_has_it() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("user:word", "dXNlcjp3b3Jk")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
