//! A WARC file: which records are pages, and which are passed over?
//!
//! ISO 28500 (versions 0.17 to 1.1), read as crawlers really write it: line ends without a carriage return, addresses
//! in angle brackets, lengths that are wrong. After a break reading goes on at the next record that can be found.

use super::at::At;
use super::record::{self, Made};
use super::stream::{Part, Stream, broken};
use super::{Item, Walk};
use crate::{MAX_BYTES, Skipped};
use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead, Read};

/// The longest header that a record may have; real ones have some hundred bytes.
const MAX_HEADER: usize = 64 * 1024;

/// So many records can be found again for a revisit: 24 bytes each.
const MAX_INDEX: usize = 200_000;

/// The records of one WARC file, one at a time.
pub(crate) struct Warc {
    stream: Stream,
    /// The file, if it can be gone back to.
    part: Option<Part>,
    origin: String,
    id: String,
    /// Records that were begun.
    n: u64,
    /// Where the next record begins, or a place shortly before.
    at: At,
    pending: VecDeque<Item>,
    /// Where records with a payload lie, by their ids and digests.
    index: HashMap<u64, (u64, u64)>,
    /// Records before this place are not in the index yet.
    indexed_from: At,
    ended: bool,
}

/// A record as it stands in the file.
pub(crate) struct Record {
    /// Header names in lower case with their values, in order.
    pub(crate) headers: Vec<(String, String)>,
    /// Where it begins.
    pub(crate) at: At,
    /// Its block, if it was read.
    pub(crate) block: Vec<u8>,
    /// Whether its block is longer than any page.
    pub(crate) is_too_long: bool,
    /// Why the block is not whole, and where reading goes on.
    pub(crate) broken: Option<String>,
}

impl Record {
    /// The value of a header; angle brackets around addresses taken off.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let value = self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())?;
        let bare = value.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(value);
        Some(bare).filter(|value| !value.is_empty())
    }
}

/// What comes next in a file.
enum Next {
    Record(Record),
    /// Bytes that are no record were passed over: where they begin, and why.
    Gap(String),
    End,
}

impl Warc {
    /// Reads from `at` on; `stream` is there already.
    pub(crate) fn new(stream: Stream, part: Option<Part>, at: &At, origin: String, id: String) -> Warc {
        Warc {
            stream,
            part,
            origin,
            id,
            n: at.n,
            at: at.clone(),
            pending: VecDeque::new(),
            index: HashMap::new(),
            indexed_from: at.clone(),
            ended: false,
        }
    }

    /// The next record. Its block is read if `wanted` says so of its header.
    fn next(&mut self, wanted: impl Fn(&Record) -> bool) -> Next {
        match self.try_next(wanted) {
            Ok(next) => next,
            Err(error) => self.recover(&error),
        }
    }

    fn try_next(&mut self, wanted: impl Fn(&Record) -> bool) -> io::Result<Next> {
        self.at = self.stream.at(self.n);
        // Two empty lines end a record; some files have more, or none.
        while let Some(first) = self.stream.fill_buf()?.first() {
            if !first.is_ascii_whitespace() && *first != 0 {
                break;
            }
            self.stream.consume(1);
        }
        self.at = self.stream.at(self.n);
        let begin = self.at.clone();
        let mut line = Vec::new();
        if !self.line(&mut line)? {
            return Ok(Next::End);
        }
        if !is_version(&line) {
            return self.resync(&begin, "no record begins there");
        }
        self.n += 1;
        let mut header = Vec::new();
        loop {
            line.clear();
            if !self.line(&mut line)? || line.trim_ascii().is_empty() {
                break;
            }
            header.extend_from_slice(&line);
            if header.len() > MAX_HEADER {
                return self.resync(&begin, "a record's header has no end");
            }
        }
        let headers = super::http::headers(header.split(|b| *b == b'\n'));
        let mut record =
            Record { headers, at: begin.clone(), block: Vec::new(), is_too_long: false, broken: None };
        let Some(length) = record.header("content-length").and_then(|word| word.parse().ok()) else {
            return self.resync(&begin, "a record does not tell its length");
        };
        record.is_too_long = length > 2 * MAX_BYTES as u64;
        let wanted = wanted(&record) && !record.is_too_long;
        record.broken = match self.block(length, wanted, &mut record.block) {
            Ok(None) => None,
            Ok(Some(why)) => Some(why),
            Err(error) => Some(format!("{}; {}", broken(&error), self.go_on())),
        };
        Ok(Next::Record(record))
    }

    /// One line, no more than a header may have. False at the end of the file.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        let n = (&mut self.stream).take(MAX_HEADER as u64).read_until(b'\n', line)?;
        Ok(n > 0)
    }

    /// Reads or passes over a block of `length` bytes. Gives the reason if it ends before.
    fn block(&mut self, length: u64, wanted: bool, block: &mut Vec<u8>) -> io::Result<Option<String>> {
        let mut left = length;
        let member = self.stream.at(0).member;
        while left > 0 {
            let buffer = self.stream.fill_buf()?;
            let n = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if n == 0 {
                return Ok(Some(format!("the file ends {left} bytes too early; read up to there")));
            }
            let begins = is_version(buffer);
            if wanted {
                block.extend_from_slice(&buffer[..n]);
            }
            // Most files have a record to a member: a member that begins with a record ends the one before.
            if begins && self.stream.at(0).member != member {
                block.truncate(block.len().saturating_sub(if wanted { n } else { 0 }));
                return Ok(Some(format!("its length is wrong by {left} bytes")));
            }
            self.stream.consume(n);
            left -= n as u64;
        }
        Ok(None)
    }

    /// Passes over lines up to the one that begins a record.
    fn resync(&mut self, begin: &At, why: &str) -> io::Result<Next> {
        let mut line = Vec::new();
        while !is_version(self.stream.peek(8)) && self.line(&mut line)? {
            line.clear();
        }
        let to = self.place(&self.stream.at(self.n));
        Ok(Next::Gap(format!("at byte {}: {why}; passed over to byte {to}", self.place(begin))))
    }

    /// After an error between two records.
    fn recover(&mut self, error: &io::Error) -> Next {
        let at = self.place(&self.at);
        Next::Gap(format!("at byte {at}: {}; {}", broken(error), self.go_on()))
    }

    /// After an error goes on at the next member that begins with a record, if there is one, and tells where.
    fn go_on(&mut self) -> String {
        let from = self.stream.at(0).member.max(self.at.member) + 1;
        let found = match (&self.part, self.stream.codec()) {
            (Some(part), Some(super::stream::Codec::Gzip)) => next_member(part, from, &self.stream),
            _ => None,
        };
        match found {
            Some((member, stream)) => {
                self.stream = stream;
                format!("passed over to byte {member}")
            }
            None => {
                self.ended = true;
                "read up to there".to_owned()
            }
        }
    }

    /// A place in the file as people find it: a byte of the file, and one of the member if that is not its first.
    fn place(&self, at: &At) -> String {
        match (self.stream.codec(), at.within) {
            (None, within) => (at.member + within).to_string(),
            (Some(_), 0) => at.member.to_string(),
            (Some(_), within) => format!("{} (unpacked, {within} after it)", at.member),
        }
    }

    /// What a record is: a page, or passed over.
    fn items(&mut self, record: Record) {
        if record.header("warc-type") == Some("revisit") {
            let item = self.revisit(&record);
            return self.pending.extend(item);
        }
        self.remember(&record);
        if let Some(why) = &record.broken {
            let id = record.header("warc-record-id").unwrap_or("without an id");
            let why = format!("at byte {}: record {id} breaks off: {why}", self.place(&record.at));
            self.pending.push_back(Item::Skipped(Skipped::new(self.origin.clone(), why)));
        }
        match record::made(record, &self.origin, &self.id, &self.place_of()) {
            Made::Pages(items) => self.pending.extend(items),
            Made::Passed(what) => self.pending.push_back(Item::Passed(what)),
        }
    }

    /// How a record without an id of its own is called.
    fn place_of(&self) -> impl Fn(&At) -> String + use<> {
        let plain = self.stream.codec().is_none();
        move |at| match (plain, at.within) {
            (true, within) => (at.member + within).to_string(),
            (false, 0) => at.member.to_string(),
            (false, within) => format!("{}+{within}", at.member),
        }
    }

    /// Keeps where a record lies that a revisit may lead to.
    fn remember(&mut self, record: &Record) {
        if !matches!(record.header("warc-type"), Some("response" | "resource")) {
            return;
        }
        for name in ["warc-record-id", "warc-payload-digest"] {
            if let Some(value) = record.header(name)
                && self.index.len() < MAX_INDEX
            {
                self.index.entry(hash(value)).or_insert((record.at.member, record.at.within));
            }
        }
    }

    /// A revisit says that an address gave what another record holds. The page at the same address was read with that
    /// record; under another address it is read from there.
    fn revisit(&mut self, record: &Record) -> Vec<Item> {
        let passed = |what: &str| vec![Item::Passed(what.to_owned())];
        let keys = ["warc-refers-to", "warc-payload-digest"];
        let keys: Vec<u64> = keys.iter().filter_map(|name| record.header(name)).map(hash).collect();
        let mut found = keys.iter().find_map(|key| self.index.get(key).copied());
        if found.is_none() && self.indexed_from != At::default() {
            self.index_before();
            found = keys.iter().find_map(|key| self.index.get(key).copied());
        }
        let Some((member, within)) = found else { return passed("revisit of a record that is not here") };
        let first = self.part.clone().and_then(|part| {
            let at = At { member, within, ..At::default() };
            let stream = Stream::reopened(&part, &at, &self.stream).ok()?;
            let mut warc = Warc::new(stream, None, &at, self.origin.clone(), self.id.clone());
            match warc.next(|_| true) {
                Next::Record(record) => Some(record),
                Next::Gap(_) | Next::End => None,
            }
        });
        let Some(first) = first else { return passed("revisit of a record that cannot be gone back to") };
        if first.header("warc-target-uri") == record.header("warc-target-uri") {
            return passed("revisit of a page that did not change");
        }
        match record::made(record::revisited(record, first), &self.origin, &self.id, &self.place_of()) {
            Made::Pages(items) => items,
            Made::Passed(what) => vec![Item::Passed(what)],
        }
    }

    /// Finds the records before the place at which reading began, for the revisits after it.
    fn index_before(&mut self) {
        let end = std::mem::take(&mut self.indexed_from);
        let Some(part) = self.part.clone() else { return };
        let Ok(stream) = Stream::reopened(&part, &At::default(), &self.stream) else { return };
        let mut before = Warc::new(stream, None, &At::default(), String::new(), String::new());
        while let Next::Record(record) = before.next(|_| false) {
            if (record.at.member, record.at.within) >= (end.member, end.within) {
                break;
            }
            self.remember(&record);
        }
    }
}

impl Walk for Warc {
    fn step(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.pending.pop_front() {
                return Some(item);
            }
            if self.ended {
                return None;
            }
            match self.next(record::is_wanted) {
                Next::Record(record) => self.items(record),
                Next::Gap(why) => {
                    return Some(Item::Skipped(Skipped::new(self.origin.clone(), why)));
                }
                Next::End => {
                    self.ended = true;
                    if self.n == 0 {
                        return Some(Item::Skipped(Skipped::new(
                            self.origin.clone(),
                            "no WARC record in it",
                        )));
                    }
                }
            }
        }
    }

    fn at(&self) -> At {
        // Between two records; the bytes before the next one are passed over again.
        if self.pending.is_empty() { self.stream.at(self.n) } else { self.at.clone() }
    }

    fn n_raw(&self) -> u64 {
        self.stream.n_raw()
    }
}

/// Whether a record begins here.
fn is_version(bytes: &[u8]) -> bool {
    matches!(bytes, [b'W', b'A', b'R', b'C', b'/', b'0' | b'1', b'.', b'0'..=b'9', ..])
}

/// The next gzip member from `from` on that begins with a record, and the stream that stands there.
fn next_member(part: &Part, from: u64, like: &Stream) -> Option<(u64, Stream)> {
    let mut reader = io::BufReader::with_capacity(1 << 16, part.from(from).ok()?);
    let (mut at, mut tail) = (from, [0_u8; 2]);
    loop {
        let buffer = reader.fill_buf().ok()?;
        if buffer.is_empty() {
            return None;
        }
        let n = buffer.len();
        for (idx, byte) in buffer.iter().enumerate() {
            let begins = tail == [0x1f, 0x8b] && *byte == 8;
            let begin = at + idx as u64;
            tail = [tail[1], *byte];
            if begins && begin >= from + 2 {
                let place = At { member: begin - 2, ..At::default() };
                if let Ok(mut stream) = Stream::reopened(part, &place, like)
                    && is_version(stream.peek(8))
                {
                    return Some((place.member, stream));
                }
            }
        }
        reader.consume(n);
        at += n as u64;
    }
}

/// FNV-1a, 64 bits.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
