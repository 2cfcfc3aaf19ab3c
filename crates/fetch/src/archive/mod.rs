//! Here is a file that may hold many pages: which are they?
//!
//! [`open`] tells by the first bytes what a file is and goes through it, a page at a time; `warc` (with `record`,
//! `http`), `tar`, `zip`, `lines` and `parquet` know one form each, `stream` what it is packed with, and `at` the
//! place at which reading can go on. An archive may lie in an archive, once.

mod warc;

mod record;

mod http;

mod tar;

mod zip;

mod lines;

#[cfg(feature = "parquet")]
mod parquet;

mod at;
mod member;
mod stream;

use crate::list;
use crate::sniff::{self, Form};
use crate::{Event, Mark, Skipped};
use at::At;
use onrecord_terms::Page;
use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File};
use std::hash::Hasher as _;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use stream::{Part, Source, Stream};

pub(crate) use stream::broken;

/// What is come upon, one at a time.
pub(crate) type Events = Box<dyn Iterator<Item = Event> + Send>;

/// Archives below this size are read from the start each time: 1 MB is a matter of milliseconds.
const MIN_MARKED: u64 = 1_000_000;

/// How many parts without a page may go by until the place is told.
const TOLD_EVERY: usize = 1_000;

/// One thing in an archive.
#[expect(clippy::large_enum_variant, reason = "each goes on at once; none is kept")]
enum Item {
    Page(Page),
    Skipped(Skipped),
    /// No report; what it is.
    Passed(String),
}

/// An archive of one form, gone through from one thing to the next.
trait Walk: Send {
    /// The next thing; none at the end.
    fn step(&mut self) -> Option<Item>;
    /// Where to go on after what was given so far.
    fn at(&self) -> At;
    /// Bytes of the archive behind us, as it lies on disk.
    fn n_raw(&self) -> u64;
}

/// The next item of an archive within an archive; none, and no walk any more, where it has ended.
fn step_inside(inner: &mut Option<Box<dyn Walk>>) -> Option<Item> {
    let item = inner.as_mut()?.step();
    if item.is_none() {
        *inner = None;
    }
    item
}

/// How an archive and what lies in it is called.
struct Named {
    /// For people.
    origin: String,
    /// The start of its pages' ids.
    id: String,
    /// Its file name, which tells by its ending what bytes without a signature are.
    name: String,
    /// Whether it lies in an archive itself.
    is_inner: bool,
}

/// What lies in the file at `path`, from its mark on if there is one; none if it is no archive.
pub(crate) fn open(path: &Path, id: &str, marks: &BTreeMap<String, Mark>) -> Option<Events> {
    let ending = sniff::by_ending(path);
    if !matches!(ending, None | Some(Form::Archive | Form::JsonLines)) {
        return None;
    }
    let len = fs::metadata(path).ok().filter(fs::Metadata::is_file)?.len();
    let part = Part { path: path.to_owned(), start: 0, len };
    let head = head(&part).ok()?;
    if ending != Some(Form::JsonLines) && !has_signature(&head) {
        return None;
    }
    let origin = path.to_string_lossy().into_owned();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let named = Named { origin: origin.clone(), id: id.to_owned(), name, is_inner: false };
    let place = std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned();
    let stamp = (len >= MIN_MARKED).then(|| stamp(&part).ok()).flatten();
    let mark = marks.get(&place).filter(|mark| Some(&mark.stamp) == stamp.as_ref());
    let known =
        mark.map(|mark| Event::Known { origin: origin.clone(), n_pages: mark.n_pages, done: mark.done });
    if mark.is_some_and(|mark| mark.done) {
        return Some(Box::new(known.into_iter().chain([Event::Bytes(len)])));
    }
    let at = mark.and_then(|mark| At::parse(&mark.at)).unwrap_or_default();
    let known = known.filter(|_| at != At::default());
    let n_pages = mark.filter(|_| known.is_some()).map_or(0, |mark| mark.n_pages);
    let through = Through {
        place: stamp.map(|stamp| (place, stamp)),
        walk: match walk(Source::File(part), named, &at) {
            Ok(walk) => Some(walk),
            Err(skipped) => {
                return Some(Box::new([Event::Skipped(skipped), Event::Bytes(len)].into_iter()));
            }
        },
        queue: known.into_iter().collect(),
        passed: BTreeMap::new(),
        n_pages,
        n_skipped: 0,
        n_silent: 0,
        n_told: 0,
        len: Some(len),
    };
    Some(Box::new(through))
}

/// What lies in a stream of bytes that is an archive, called `name`; its bytes are read once.
pub(crate) fn stream(reader: Box<dyn Read + Send>, name: &str) -> Events {
    let named =
        Named { origin: name.to_owned(), id: name.to_owned(), name: name.to_owned(), is_inner: false };
    match walk(Source::Pipe(reader), named, &At::default()) {
        Ok(walk) => Box::new(Through {
            place: None,
            walk: Some(walk),
            queue: VecDeque::new(),
            passed: BTreeMap::new(),
            n_pages: 0,
            n_skipped: 0,
            n_silent: 0,
            n_told: 0,
            len: None,
        }),
        Err(skipped) => Box::new(std::iter::once(Event::Skipped(skipped))),
    }
}

/// Whether bytes begin as an archive or something compressed does.
pub(crate) fn has_signature(head: &[u8]) -> bool {
    stream::Codec::of(head).is_some() || !matches!(Kind::of(head), Kind::File)
}

/// The first bytes of a file.
fn head(part: &Part) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    part.from(0)?.take(600).read_to_end(&mut head)?;
    Ok(head)
}

/// What tells that a file is the one it was: its size, its time of change, and a hash of its first and last 64 KB.
fn stamp(part: &Part) -> io::Result<String> {
    let mut file = File::open(&part.path)?;
    let changed = file.metadata()?.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let mut ends = Vec::new();
    (&mut file).take(1 << 16).read_to_end(&mut ends)?;
    file.seek(SeekFrom::Start(part.len.saturating_sub(1 << 16)))?;
    file.take(1 << 16).read_to_end(&mut ends)?;
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    hasher.write(&ends);
    Ok(format!("{}:{}:{:016x}", part.len, changed.as_nanos(), hasher.finish()))
}

/// FNV-1a, 64 bits: the same in every version of this program.
struct Fnv(u64);

impl std::hash::Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 =
            bytes.iter().fold(self.0, |hash, b| (hash ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3));
    }
}

/// What unpacked bytes are, by their signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Warc,
    Arc,
    Tar,
    Zip,
    Parquet,
    /// No archive: one file, or JSON lines.
    File,
}

impl Kind {
    fn of(head: &[u8]) -> Kind {
        let begins = |signature: &[u8]| head.starts_with(signature);
        match head {
            _ if begins(b"WARC/") => Kind::Warc,
            _ if begins(b"filedesc://") => Kind::Arc,
            _ if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") => Kind::Zip,
            _ if begins(b"PAR1") => Kind::Parquet,
            _ if head.get(257..262) == Some(b"ustar") => Kind::Tar,
            _ => Kind::File,
        }
    }
}

/// The way through an archive, from `at` on.
fn walk(source: Source, named: Named, at: &At) -> Result<Box<dyn Walk>, Skipped> {
    let skip = |why: &str| Err(Skipped::new(named.origin.clone(), why));
    let part = match &source {
        Source::File(part) => Some(part.clone()),
        Source::Pipe(_) => None,
    };
    let mut stream =
        Stream::new(source).map_err(|error| Skipped::new(&*named.origin, list::reason(&error)))?;
    let kind = Kind::of(stream.peek(600));
    if let Some(what) = match kind {
        Kind::Tar => Some("tar"),
        Kind::Zip => Some("zip"),
        Kind::Parquet => Some("Parquet"),
        Kind::Arc => return skip("ARC, the form before WARC, is not read"),
        Kind::Warc | Kind::File => None,
    } && (named.is_inner || (stream.codec().is_some() || part.is_none()) && kind != Kind::Tar)
    {
        return skip(&format!("{what} within another archive or stream is not read; unpack it first"));
    }
    if let (Kind::Zip | Kind::Parquet, Some(part)) = (kind, &part) {
        return match kind {
            Kind::Zip => zip::Zip::open(part, named, at).map(|zip| Box::new(zip) as Box<dyn Walk>),
            #[cfg(feature = "parquet")]
            _ => parquet::Parquet::open(part, named, at).map(|parquet| Box::new(parquet) as Box<dyn Walk>),
            #[cfg(not(feature = "parquet"))]
            _ => skip("this program was built without Parquet"),
        };
    }
    if *at != At::default() {
        let moved = match &part {
            Some(part) => Stream::reopened(part, at, &stream).map(|reopened| stream = reopened),
            None => stream.skip_to(at),
        };
        moved.map_err(|error| Skipped::new(&*named.origin, list::reason(&error)))?;
    }
    Ok(match kind {
        Kind::Warc => Box::new(warc::Warc::new(stream, part, at, named.origin, named.id)),
        Kind::Tar => Box::new(tar::Tar::new(stream, at, named)),
        _ => member::file(stream, at, named),
    })
}

/// An archive on its way, with what is told about it on the way.
struct Through {
    /// Its name and its stamp, if its place is to be kept.
    place: Option<(String, String)>,
    walk: Option<Box<dyn Walk>>,
    queue: VecDeque<Event>,
    passed: BTreeMap<String, usize>,
    n_pages: usize,
    n_skipped: usize,
    n_silent: usize,
    n_told: u64,
    /// The file's size.
    len: Option<u64>,
}

impl Through {
    /// Tells the place reached.
    fn tell(&mut self, at: &At, n_raw: u64, done: bool) {
        if let Some((place, stamp)) = &self.place {
            let (place, stamp, at) = (place.clone(), stamp.clone(), at.to_string());
            self.queue.push_back(Event::Mark(Mark { place, stamp, at, n_pages: self.n_pages, done }));
        }
        if n_raw > self.n_told {
            self.queue.push_back(Event::Bytes(n_raw - self.n_told));
            self.n_told = n_raw;
        }
        self.n_silent = 0;
    }
}

impl Iterator for Through {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return Some(event);
            }
            let walk = self.walk.as_mut()?;
            match walk.step() {
                Some(Item::Page(page)) => {
                    self.n_pages += 1;
                    let (at, n_raw) = (walk.at(), walk.n_raw());
                    self.tell(&at, n_raw, false);
                    return Some(Event::Page(page));
                }
                Some(Item::Skipped(skipped)) => {
                    self.n_skipped += 1;
                    return Some(Event::Skipped(skipped));
                }
                Some(Item::Passed(what)) => {
                    *self.passed.entry(what).or_default() += 1;
                    self.n_silent += 1;
                    if self.n_silent >= TOLD_EVERY {
                        let (at, n_raw) = (walk.at(), walk.n_raw());
                        self.tell(&at, n_raw, false);
                    }
                }
                None => {
                    let (at, n_raw) = (walk.at(), walk.n_raw());
                    self.walk = None;
                    let passed = std::mem::take(&mut self.passed);
                    self.queue.extend(passed.into_iter().map(|(what, n)| Event::PassedOver { what, n }));
                    // What was skipped is told again by the next read, so that its end is not kept as reached.
                    let done = self.n_skipped == 0;
                    let at = if done { at } else { At::default() };
                    self.tell(&at, self.len.unwrap_or(n_raw), done);
                }
            }
        }
    }
}
