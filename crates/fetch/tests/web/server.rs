//! A server on this machine that misbehaves as it is told, a clock that takes no time, and a client between them.

use onrecord_fetch::Skipped;
use onrecord_fetch::live::{Clock, Content, Found, Known, Live, Log, Settings, Stop, Validators, Walk};
use onrecord_terms::Page;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A page of ours, long enough to be one.
pub(crate) const PAGE: &str = "<!DOCTYPE html><html><head><title>A quay opens</title></head><body><article><p>“We are ready,” \
    said Bo Lind, an engineer, on Monday.</p><p>The council met on the quay.</p></article></body></html>";

/// What was asked for.
pub(crate) struct Asked {
    pub(crate) path: String,
    /// The head of the request in lower case.
    pub(crate) head: String,
    /// How often this path was asked for, this time included.
    pub(crate) nth: usize,
}

/// What the server does next.
pub(crate) enum Act {
    /// Writes these bytes.
    Write(Vec<u8>),
    /// Writes these bytes again and again until the other end has had enough.
    Endless(Vec<u8>),
    /// Writes a byte, waits, and so on.
    Drip(Vec<u8>),
    /// Says nothing and stays.
    Hang,
}

/// A server on a port of its own.
pub(crate) struct Server {
    pub(crate) addr: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers as told; 404 for what nothing is told about.
    pub(crate) fn new(acts: impl Fn(&Asked) -> Option<Vec<Act>> + Send + Sync + 'static) -> Server {
        Server::over(Ok, acts)
    }

    /// The same over what `over` makes of each connection.
    pub(crate) fn over<S: Read + Write>(
        over: impl Fn(TcpStream) -> std::io::Result<S> + Send + Sync + 'static,
        acts: impl Fn(&Asked) -> Option<Vec<Act>> + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let addr = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let server = Server { addr, asked: asked.clone() };
        let (acts, over) = (Arc::new(acts), Arc::new(over));
        std::thread::spawn(move || {
            let counts = Arc::new(Mutex::new(BTreeMap::<String, usize>::new()));
            for stream in listener.incoming().flatten() {
                let (acts, asked, counts) = (acts.clone(), asked.clone(), counts.clone());
                let over = over.clone();
                std::thread::spawn(move || {
                    let _ = over(stream).and_then(|stream| answer(stream, &*acts, &asked, &counts));
                });
            }
        });
        server
    }

    /// The address of a path, under a name that the client is told.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://ledger.test:{}{path}", self.addr.port())
    }

    /// The paths that were asked for, in order, without robots.txt and the TDM file.
    pub(crate) fn asked(&self) -> Vec<String> {
        let all = self.asked.lock().unwrap().clone();
        all.into_iter().filter(|path| path != "/robots.txt" && path != "/.well-known/tdmrep.json").collect()
    }

    /// How often a path was asked for.
    pub(crate) fn n_asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }
}

/// Reads a request and does what is told about it.
pub(crate) fn answer(
    mut stream: impl Read + Write,
    acts: &(dyn Fn(&Asked) -> Option<Vec<Act>> + Send + Sync),
    asked: &Mutex<Vec<String>>,
    counts: &Mutex<BTreeMap<String, usize>>,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte)? == 0 {
            return Ok(());
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(path.clone());
    let nth = {
        let mut counts = counts.lock().unwrap();
        let n = counts.entry(path.clone()).or_default();
        *n += 1;
        *n
    };
    let told = Asked { path, head: head.to_lowercase(), nth };
    for act in acts(&told).unwrap_or_else(|| status(404, "")) {
        match act {
            Act::Write(bytes) => stream.write_all(&bytes)?,
            Act::Endless(bytes) => loop {
                stream.write_all(&bytes)?;
            },
            Act::Drip(bytes) => {
                for byte in bytes {
                    stream.write_all(&[byte])?;
                    std::thread::sleep(Duration::from_millis(50));
                }
            }
            Act::Hang => {
                // Until the other end goes.
                let mut rest = Vec::new();
                stream.read_to_end(&mut rest)?;
            }
        }
    }
    Ok(())
}

/// An answer in one piece with its length.
pub(crate) fn full(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Option<Vec<Act>> {
    let body = body.as_ref();
    let head = format!(
        "HTTP/1.1 {status} Told\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n",
        body.len()
    );
    Some(vec![Act::Write([head.as_bytes(), body].concat())])
}

/// A web page.
pub(crate) fn page(body: impl AsRef<[u8]>) -> Option<Vec<Act>> {
    full(200, "content-type: text/html\r\n", body)
}

/// A status without a body worth reading.
pub(crate) fn status(status: u16, headers: &str) -> Vec<Act> {
    full(status, headers, "told").unwrap()
}

/// A clock on which waiting takes no time, and that remembers how long was waited for.
#[derive(Default)]
pub(crate) struct TestClock {
    now_ms: AtomicU64,
    waits: Mutex<Vec<u64>>,
}

impl TestClock {
    pub(crate) fn new() -> Arc<TestClock> {
        // 2031-03-04T10:00:00Z
        let clock = TestClock { now_ms: AtomicU64::new(1_930_384_800_000), waits: Mutex::default() };
        Arc::new(clock)
    }

    /// The waits of more than nothing, in milliseconds, since the last call.
    pub(crate) fn waits(&self) -> Vec<u64> {
        std::mem::take(&mut *self.waits.lock().unwrap())
    }

    pub(crate) fn advance(&self, ms: u64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now_ms(&self) -> u64 {
        self.now_ms.load(Ordering::SeqCst)
    }

    fn wait(&self, time: Duration, _: &Stop) {
        let ms = time.as_millis() as u64;
        self.advance(ms);
        if ms > 0 {
            self.waits.lock().unwrap().push(ms);
        }
    }

    fn jitter(&self) -> f64 {
        0.5
    }
}

/// Settings for a server on this machine: 100 kB, one attempt.
pub(crate) fn settings() -> Settings {
    Settings {
        contact: Some("desk@vale.example".to_owned()),
        allow_private: true,
        names: vec![("ledger.test".to_owned(), IpAddr::V4(Ipv4Addr::LOCALHOST))],
        timeout: Duration::from_secs(20),
        connect_timeout: Duration::from_secs(10),
        max_bytes: 100_000,
        attempts: 1,
        ..Settings::polite()
    }
}

/// A client that knows of no earlier visit.
pub(crate) fn live(settings: Settings, clock: &Arc<TestClock>) -> Live {
    live_that_knows(settings, clock, |_| None)
}

pub(crate) fn live_that_knows(
    settings: Settings,
    clock: &Arc<TestClock>,
    known: impl Fn(&str) -> Option<Validators> + Send + Sync + 'static,
) -> Live {
    let known: Known = Arc::new(known);
    Live::new(settings, clock.clone(), known, Stop::default())
}

/// What came of it, as "outcome status why".
pub(crate) fn told(found: &Found) -> String {
    let visit = &found.visit;
    let status = visit.status.map(|status| format!(" {status}")).unwrap_or_default();
    let why = visit.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    format!("{}{status}{why}", visit.outcome)
}

/// The page that came.
pub(crate) fn page_of(found: &Found) -> &Page {
    match &found.content {
        Content::Page(page) => page,
        other => panic!("{}: {other:?}", told(found)),
    }
}

/// What a walk comes upon: the pages' addresses, and what was told.
pub(crate) fn walk(live: Live, urls: &[String], limit: usize) -> (Vec<Page>, Vec<String>, Log) {
    let log = Log::default();
    let (mut pages, mut skips) = (Vec::new(), Vec::new());
    for one in Walk::new(live, urls.to_vec(), limit, log.clone()) {
        match one {
            Ok(page) => pages.push(page),
            Err(Skipped { origin, why }) => skips.push(format!("{origin}: {why}")),
        }
    }
    (pages, skips, log)
}
