//! Here is an address: what lies there, and may it be read?
//!
//! [`Live::get`] asks for one address the way a good guest does: robots.txt and TDM reservations first, one thing at a
//! time a host, with a pause, under an honest name, with what is known of the last visit; redirects, sizes and times
//! are bounded, and each hop is judged anew. Whatever comes of it is a [`Visit`] that says why.
//!
//! `http` is the one that opens sockets, `address` says which, `proxy` and `forward` by which way, `trust` whom to
//! believe; `host` remembers, `robots` and `tdm` read what a site allows, `content` tells what came, `crew` asks many
//! hosts at once, `walk` follows lists to their articles.

mod address;
mod clock;
mod content;
mod crew;
mod forward;
mod host;
mod http;
mod proxy;
mod robots;
mod tdm;
mod trust;
pub(crate) mod walk;

pub use clock::{Clock, Stop, SystemClock, iso};
pub use crew::Answers;
pub use proxy::Proxies;
pub use trust::Trust;
pub use walk::{Log, Walk};

use crate::feed::Listing;
use host::{Files, Hosts, Robots, lock};
use http::{Answer, Client, Failure, TooLong, Wire};
use onrecord_terms::{Outcome, Page, Permission, Visit};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The name that robots.txt and `X-Robots-Tag` call this program by.
pub(crate) const PRODUCT: &str = "onrecord";

/// The most redirects that are followed (the Fetch standard has 20, RFC 9309 asks for at least 5).
const MAX_REDIRECTS: usize = 10;

/// The most redirects on the way to a robots.txt (RFC 9309, 2.3.1.2).
const MAX_ROBOTS_REDIRECTS: usize = 5;

/// The longest that a host may ask to be waited for within one run; what takes longer is left for another time.
const MAX_WAIT_MS: u64 = 300_000;

/// How pages are fetched.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How the person behind the requests can be reached: an address of mail or of a page.
    pub contact: Option<String>,
    /// Whether addresses in this machine's network may be fetched.
    pub allow_private: bool,
    /// Sockets that may be connected to all the same: a server of one's own.
    pub allowed: Vec<SocketAddr>,
    /// Names that are not looked up, with their numbers.
    pub names: Vec<(String, IpAddr)>,
    /// Whether pages are read whose publisher reserves text and data mining: with a licence, or where the law permits it.
    pub take_reserved: bool,
    /// The shortest pause between two requests to one host.
    pub pause: Duration,
    /// The longest that one request may take.
    pub timeout: Duration,
    /// The longest that a connection may take.
    pub connect_timeout: Duration,
    /// The most bytes of one answer, as it comes and decompressed.
    pub max_bytes: usize,
    /// How often one address is asked for if it may come right.
    pub attempts: u32,
    /// How many hosts are asked at once.
    pub hosts_at_once: usize,
    /// Whose word is taken that a site is who it says it is.
    pub trust: Trust,
    /// Through whom sites are asked.
    pub proxies: Proxies,
}

impl Settings {
    /// A second between requests, half a minute for an answer, 20 MB, three attempts, eight hosts at once.
    pub fn polite() -> Settings {
        Settings {
            contact: None,
            allow_private: false,
            allowed: Vec::new(),
            names: Vec::new(),
            take_reserved: false,
            pause: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_bytes: 20_000_000,
            attempts: 3,
            hosts_at_once: 8,
            trust: Trust::default(),
            proxies: Proxies::default(),
        }
    }

    /// The name that is told to servers: the program, its version, and how to reach who runs it.
    pub fn user_agent(&self) -> String {
        let contact = self.contact.iter().map(|contact| {
            let ascii: String =
                contact.chars().filter(|c| c.is_ascii_graphic() && !"()".contains(*c)).collect();
            if ascii.contains("://") || !ascii.contains('@') {
                format!(" (+{ascii})")
            } else {
                format!(" (+mailto:{ascii})")
            }
        });
        format!("{PRODUCT}/{}{}", env!("CARGO_PKG_VERSION"), contact.collect::<String>())
    }
}

/// What a server called its last answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// Tells what the server at an address called its last answer, if the record holds it.
pub type Known = Arc<dyn Fn(&str) -> Option<Validators> + Send + Sync>;

/// What came of asking for an address.
#[derive(Clone, Debug)]
pub struct Found {
    /// What is to be kept about it.
    pub visit: Visit,
    /// What came.
    pub content: Content,
    /// How many seconds the server asks to be left alone for, or says that its answer holds.
    pub rest_s: Option<u64>,
}

/// What an address holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// A page.
    Page(Page),
    /// A list of articles or of lists.
    Listing(Listing),
    /// Nothing, or nothing new: the visit says why.
    Nothing,
}

/// Fetches pages. Cheap to clone; all clones know the same hosts.
#[derive(Clone)]
pub struct Live {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    client: Client,
    clock: Arc<dyn Clock>,
    known: Known,
    stop: Stop,
    hosts: Hosts,
}

/// An answer that is not a redirect, and how it was come by.
struct Arrived {
    at: Url,
    answer: Answer,
    permission: Permission,
    files: Arc<Files>,
}

/// One of a site's own files: its status and its bytes, or why it did not come.
type Small = Result<(u16, Vec<u8>), Box<Missed>>;

/// Why no such answer came.
struct Missed {
    at: Url,
    outcome: Outcome,
    status: Option<u16>,
    why: String,
    permission: Permission,
    rest_s: Option<u64>,
    /// Whether the whole site is out of reach, whatever it is asked for.
    is_site: bool,
}

impl Live {
    /// Ready to fetch; nothing is sent before it is asked for.
    pub fn new(settings: Settings, clock: Arc<dyn Clock>, known: Known, stop: Stop) -> Live {
        let client = Client::new(Wire {
            user_agent: settings.user_agent(),
            allow_private: settings.allow_private,
            allowed: settings.allowed.clone(),
            names: settings.names.clone(),
            timeout: settings.timeout,
            connect_timeout: settings.connect_timeout,
            trust: settings.trust.clone(),
            proxies: settings.proxies.clone(),
        });
        Live { inner: Arc::new(Inner { settings, client, clock, known, stop, hosts: Hosts::default() }) }
    }

    /// Asks for many addresses, several hosts at once, each host for one thing at a time. What comes of them comes in a
    /// fixed order: by turns of the hosts, in the order given within each.
    pub fn get_all(&self, urls: Vec<String>) -> Answers {
        crew::send(self, urls)
    }

    /// Asks for one address.
    pub fn get(&self, url: &str) -> Found {
        let at = iso(self.inner.clock.now_ms());
        let mut visit = Visit {
            url: url.to_owned(),
            place: url.to_owned(),
            at,
            outcome: Outcome::Failed,
            status: None,
            why: None,
            permission: Permission::default(),
            etag: None,
            last_modified: None,
        };
        let first = match parsed(url) {
            Ok(first) => first,
            Err(why) => {
                visit.outcome = Outcome::Refused;
                visit.why = Some(why);
                return Found { visit, content: Content::Nothing, rest_s: None };
            }
        };
        let mut attempt = 1;
        loop {
            let arrived = match self.follow(first.clone()) {
                Ok(arrived) => arrived,
                Err(missed) => {
                    visit.place = missed.at.into();
                    visit.outcome = missed.outcome;
                    visit.status = missed.status;
                    visit.why = Some(missed.why);
                    visit.permission = missed.permission;
                    return Found { visit, content: Content::Nothing, rest_s: missed.rest_s };
                }
            };
            let host = self.inner.hosts.of(&host_name(&arrived.at));
            match self.open(visit.clone(), arrived) {
                // The answer broke off in its body: that may come right, as a lost connection may.
                (_, content::Whole::BrokenOff) if attempt < self.inner.settings.attempts => {
                    let mut host = lock(&host);
                    let again_ms = self.inner.clock.now_ms() + self.back_off_ms(attempt);
                    host.not_before_ms = host.not_before_ms.max(again_ms);
                    attempt += 1;
                }
                (found, _) => return found,
            }
        }
    }

    /// One second, two, four, each from a half to one and a half times as long.
    fn back_off_ms(&self, attempt: u32) -> u64 {
        let whole = 1000u64 << attempt.clamp(1, 10).saturating_sub(1);
        (whole as f64 * (0.5 + self.inner.clock.jitter())) as u64
    }

    /// Goes from redirect to redirect, each judged as the first.
    fn follow(&self, first: Url) -> Result<Arrived, Box<Missed>> {
        let mut at = first;
        for _ in 0..=MAX_REDIRECTS {
            let files = self.files(&at)?;
            let path = path(&at);
            let (allowed, robots) = files.robots.judge(&path);
            let permission = Permission { robots: Some(robots.clone()), ..Permission::default() };
            let missed = |outcome, status, why: String| {
                Box::new(Missed { permission: permission.clone(), ..missed(&at, outcome, status, why) })
            };
            if let Robots::Unreachable(outcome, why) = &files.robots {
                return Err(missed(*outcome, None, why.clone()));
            }
            if !allowed {
                return Err(missed(Outcome::Refused, None, format!("robots.txt: {robots}")));
            }
            let answer = self
                .ask(&at, files.robots.delay_s())
                .map_err(|no| Box::new(Missed { permission: permission.clone(), ..*no }))?;
            match answer.status {
                301 | 302 | 303 | 307 | 308 => {
                    let target = answer.header("location").next().unwrap_or_default().to_owned();
                    let next =
                        at.join(&target).map_err(|_| format!("redirects to “{}”, no address", clip(&target)));
                    let next = next.and_then(|next| parsed(next.as_str()));
                    match next {
                        Ok(next) if !target.is_empty() => at = next,
                        Ok(_) => {
                            return Err(missed(
                                Outcome::Failed,
                                Some(answer.status),
                                "redirects to nowhere".to_owned(),
                            ));
                        }
                        Err(why) => {
                            return Err(missed(
                                Outcome::Refused,
                                Some(answer.status),
                                format!("redirect: {why}"),
                            ));
                        }
                    }
                }
                _ => return Ok(Arrived { at, answer, permission, files }),
            }
        }
        Err(Box::new(missed(&at, Outcome::Failed, None, format!("more than {MAX_REDIRECTS} redirects"))))
    }

    /// What the host's files say; they are fetched if need be.
    fn files(&self, at: &Url) -> Result<Arc<Files>, Box<Missed>> {
        let host = self.inner.hosts.of(&host_name(at));
        let known = lock(&host).files(self.inner.clock.now_ms());
        if let Some(files) = known {
            return Ok(files);
        }
        let robots = self.robots(at);
        // A site that forbids everything is not asked for more.
        let tdm = match &robots {
            Robots::Unreachable(..) => Vec::new(),
            robots => self.tdm(at, robots.delay_s()),
        };
        if self.inner.stop.is_set() {
            return Err(stopped(at));
        }
        let files = lock(&host).keep(Files { robots, tdm }, self.inner.clock.now_ms());
        Ok(files)
    }

    fn robots(&self, at: &Url) -> Robots {
        match self.small(at, "/robots.txt", robots::MAX_BYTES, 0.0) {
            Ok((200..=299, bytes)) => Robots::Rules(robots::read(&bytes, PRODUCT)),
            // RFC 9309, 2.3.1.3; too many requests is a sign of a server under load, as its errors are.
            Ok((status @ (300..=428 | 430..=499), _)) => Robots::None(status),
            Ok((status, _)) => {
                let why = format!("robots.txt cannot be had: the site answers {status}");
                Robots::Unreachable(Outcome::Failed, why)
            }
            // Where nothing of the site can be asked for, the reason speaks for itself.
            Err(missed) if missed.is_site => Robots::Unreachable(missed.outcome, missed.why),
            Err(missed) => {
                Robots::Unreachable(missed.outcome, format!("robots.txt cannot be had: {}", missed.why))
            }
        }
    }

    fn tdm(&self, at: &Url, delay_s: f64) -> Vec<tdm::Rule> {
        match self.small(at, tdm::WELL_KNOWN, robots::MAX_BYTES, delay_s) {
            Ok((200..=299, bytes)) => tdm::well_known(&bytes),
            _ => Vec::new(),
        }
    }

    /// One of a site's own files, at its end of the redirects.
    fn small(&self, at: &Url, path: &str, max: usize, delay_s: f64) -> Small {
        let failed = |why: String| Box::new(missed(at, Outcome::Failed, None, why));
        let mut at = at.join(path).map_err(|_| failed("no address".to_owned()))?;
        for _ in 0..=MAX_ROBOTS_REDIRECTS {
            let mut answer = self.ask(&at, delay_s)?;
            match answer.status {
                301 | 302 | 303 | 307 | 308 => {
                    let target = answer.header("location").next().unwrap_or_default().to_owned();
                    let next = at.join(&target).map_err(|_| failed("redirects to no address".to_owned()))?;
                    at = parsed(next.as_str()).map_err(failed)?;
                }
                200..=299 => {
                    return match answer.read(max, TooLong::Cut) {
                        Ok(bytes) => Ok((answer.status, bytes)),
                        Err(Failure::Refused(why) | Failure::Passing(why) | Failure::Lasting(why)) => {
                            Err(failed(why))
                        }
                    };
                }
                status => return Ok((status, Vec::new())),
            }
        }
        // RFC 9309, 2.3.1.2: a file behind more redirects may be taken for unavailable.
        Ok((404, Vec::new()))
    }

    /// Asks one host for one thing when its time has come, again if it may come right.
    fn ask(&self, at: &Url, delay_s: f64) -> Result<Answer, Box<Missed>> {
        let Inner { settings, client, clock, known, stop, hosts } = &*self.inner;
        let host = hosts.of(&host_name(at));
        let pause_ms = (settings.pause.as_millis() as u64).max((delay_s.min(1e6) * 1000.0) as u64);
        let missed = |outcome, status, why: String, rest_s| {
            Box::new(Missed { rest_s, ..missed(at, outcome, status, why) })
        };
        let validators = known(at.as_str()).unwrap_or_default();
        let mut headers: Vec<(&str, &str)> = Vec::new();
        headers.extend(validators.etag.as_deref().map(|etag| ("if-none-match", etag)));
        headers.extend(validators.last_modified.as_deref().map(|date| ("if-modified-since", date)));
        let mut attempt = 1;
        loop {
            // Held while it is asked: a host is asked for one thing at a time.
            let mut host = lock(&host);
            let wait_ms = host.not_before_ms.saturating_sub(clock.now_ms());
            if wait_ms > MAX_WAIT_MS {
                let why = format!("the site asks to be left alone for {} s", wait_ms / 1000);
                return Err(missed(Outcome::Failed, None, why, Some(wait_ms / 1000)));
            }
            clock.wait(Duration::from_millis(wait_ms), stop);
            if stop.is_set() {
                return Err(stopped(at));
            }
            let answered = client.get(at, &headers);
            let now_ms = clock.now_ms();
            host.not_before_ms = now_ms + pause_ms;
            let (status, why, rest_s) = match answered {
                Ok(answer) if [408, 425, 429, 500, 502, 503, 504].contains(&answer.status) => {
                    let rest_s =
                        answer.header("retry-after").next().and_then(|value| content::seconds(value, now_ms));
                    (Some(answer.status), format!("the site answers {}", answer.status), rest_s)
                }
                Ok(answer) => return Ok(answer),
                Err(Failure::Refused(why)) => {
                    return Err(Box::new(Missed {
                        is_site: true,
                        ..*missed(Outcome::Refused, None, why, None)
                    }));
                }
                Err(Failure::Lasting(why)) => {
                    return Err(Box::new(Missed {
                        is_site: true,
                        ..*missed(Outcome::Failed, None, why, None)
                    }));
                }
                Err(Failure::Passing(why)) => (None, why, None),
            };
            let rest_ms = rest_s.map(|seconds: u64| seconds.saturating_mul(1000));
            let again_ms = rest_ms.unwrap_or(self.back_off_ms(attempt)).max(pause_ms);
            host.not_before_ms = now_ms.saturating_add(again_ms);
            if attempt >= settings.attempts || rest_ms.is_some_and(|rest| rest > MAX_WAIT_MS) {
                return Err(missed(Outcome::Failed, status, why, rest_s));
            }
            attempt += 1;
        }
    }
}

fn stopped(at: &Url) -> Box<Missed> {
    Box::new(missed(at, Outcome::Failed, None, "stopped".to_owned()))
}

fn missed(at: &Url, outcome: Outcome, status: Option<u16>, why: String) -> Missed {
    let (at, permission) = (at.clone(), Permission::default());
    Missed { at, outcome, status, why, permission, rest_s: None, is_site: false }
}

/// An address that can be asked for in its usual form, without its fragment; or why it cannot.
pub fn web_address(url: &str) -> Result<String, String> {
    parsed(url).map(String::from)
}

fn parsed(url: &str) -> Result<Url, String> {
    let mut url = Url::parse(url.trim()).map_err(|error| format!("no address of the web: {error}"))?;
    if !["http", "https"].contains(&url.scheme()) {
        return Err(format!("{}: not an address of the web", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address with a password in it is not fetched".to_owned());
    }
    if url.as_str().len() > 8_000 {
        return Err("an address of more than 8,000 bytes".to_owned());
    }
    url.set_fragment(None);
    Ok(url)
}

/// Name and port: what robots.txt is for.
fn host_name(at: &Url) -> String {
    format!(
        "{}://{}:{}",
        at.scheme(),
        at.host_str().unwrap_or_default(),
        at.port_or_known_default().unwrap_or(0)
    )
}

/// Path and query, as rules are matched against.
fn path(at: &Url) -> String {
    match at.query() {
        Some(query) => format!("{}?{query}", at.path()),
        None => at.path().to_owned(),
    }
}

fn clip(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(100).collect()
}
