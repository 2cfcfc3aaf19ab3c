//! A server that speaks TLS with certificates of our own making, and proxies that lead to it.

use super::server::{Act, Asked, Server};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// A certificate, or the authority's, by its name. How they were made: `tls/make.sh`.
pub(crate) fn pem(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fetch/tests/web/tls");
    PathBuf::from(folder).join(format!("{name}.pem"))
}

/// A server that shows this certificate.
pub(crate) fn safe(
    certificate: &str,
    acts: impl Fn(&Asked) -> Option<Vec<Act>> + Send + Sync + 'static,
) -> Server {
    let chain = vec![CertificateDer::from_pem_file(pem(certificate)).unwrap()];
    let key = std::fs::read(pem("server").with_extension("key.der")).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let config = Arc::new(config);
    let over = move |stream: TcpStream| {
        let conn = ServerConnection::new(config.clone()).map_err(std::io::Error::other)?;
        Ok(StreamOwned::new(conn, stream))
    };
    Server::over(over, acts)
}

/// A proxy that leads every tunnel to one place.
pub(crate) struct Proxy {
    pub(crate) addr: SocketAddr,
    /// The heads of the requests, in lower case; of SOCKS, the name that was asked for.
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// One that is asked by HTTP.
    pub(crate) fn http(target: SocketAddr, answer: &'static str) -> Proxy {
        Proxy::new(target, move |stream| {
            let head = until_blank(stream)?;
            stream.write_all(answer.as_bytes())?;
            Ok(head)
        })
    }

    /// One that is asked by SOCKS 5.
    pub(crate) fn socks(target: SocketAddr) -> Proxy {
        Proxy::new(target, |stream| {
            let mut hello = [0; 2];
            stream.read_exact(&mut hello)?;
            stream.read_exact(&mut vec![0; usize::from(hello[1])])?;
            stream.write_all(&[5, 0])?;
            let mut head = [0; 5];
            stream.read_exact(&mut head)?;
            assert_eq!(head[3], 3, "a name is asked for, not a number");
            let mut name = vec![0; usize::from(head[4])];
            stream.read_exact(&mut name)?;
            stream.read_exact(&mut [0; 2])?;
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
            Ok(String::from_utf8_lossy(&name).into_owned())
        })
    }

    fn new(
        target: SocketAddr,
        greet: impl Fn(&mut TcpStream) -> std::io::Result<String> + Send + Sync + 'static,
    ) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let addr = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = asked.clone();
        let greet = Arc::new(greet);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (kept, greet) = (kept.clone(), greet.clone());
                std::thread::spawn(move || {
                    let head = greet(&mut stream)?;
                    kept.lock().unwrap().push(head);
                    let mut there = TcpStream::connect(target)?;
                    let (mut from, mut to) = (stream.try_clone()?, there.try_clone()?);
                    std::thread::spawn(move || std::io::copy(&mut from, &mut to));
                    std::io::copy(&mut there, &mut stream)
                });
            }
        });
        Proxy { addr, asked }
    }
}

fn until_blank(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&head).to_lowercase())
}
