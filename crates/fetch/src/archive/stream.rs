//! The bytes of an archive, decompressed as they are asked for, with the place of each.
//!
//! Comes in: a file, a part of one, or a pipe. Goes out: a [`Stream`] that goes from member to member (gzip members,
//! zstd frames) and knows where each begins, so that reading can go on there.

use super::at::At;
use flate2::bufread::GzDecoder;
use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The size of a buffer.
const BUFFER: usize = 64 * 1024;

/// The largest dictionary that a `.warc.zst` may bring.
const MAX_DICTIONARY: u32 = 16_000_000;

/// What expands to more than this, and to more than so many times its size, is a bomb. Deflate reaches 1,032 times.
const BOMB_BYTES: u64 = 2_000_000_000;
const BOMB_RATIO: u64 = 5_000;

/// Where an archive's bytes lie.
pub(crate) enum Source {
    /// In a file, or in a part of one: they can be gone back to.
    File(Part),
    /// In a stream that is read once.
    Pipe(Box<dyn Read + Send>),
}

/// A part of a file.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The file.
    pub(crate) path: PathBuf,
    /// Its first byte.
    pub(crate) start: u64,
    /// Its length in bytes.
    pub(crate) len: u64,
}

impl Part {
    /// The bytes from `at` on.
    pub(crate) fn from(&self, at: u64) -> io::Result<Box<dyn Read + Send>> {
        let mut file = File::open(&self.path)?;
        let at = at.min(self.len);
        file.seek(SeekFrom::Start(self.start + at))?;
        Ok(Box::new(file.take(self.len - at)))
    }
}

/// A reader with a buffer that can be looked into further than it holds, and a count of what was taken from it.
struct Raw {
    reader: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    taken: usize,
    n_taken: Arc<AtomicU64>,
}

impl Raw {
    fn new(reader: Box<dyn Read + Send>, n_before: u64) -> Raw {
        Raw { reader, buffer: Vec::new(), taken: 0, n_taken: Arc::new(AtomicU64::new(n_before)) }
    }

    /// The next `n` bytes, fewer only at the end.
    fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        if self.buffer.len() - self.taken < n {
            self.buffer.drain(..self.taken);
            self.taken = 0;
            let missing = n.max(BUFFER) - self.buffer.len();
            // Only what is missing is waited for; what comes beyond it is kept.
            while self.buffer.len() < n {
                let held = self.buffer.len();
                self.buffer.resize(held + missing, 0);
                let read = retried(&mut self.reader, &mut self.buffer[held..]);
                self.buffer.truncate(held + *read.as_ref().unwrap_or(&0));
                if read? == 0 {
                    break;
                }
            }
        }
        let rest = &self.buffer[self.taken..];
        Ok(&rest[..rest.len().min(n)])
    }
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Raw {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.buffer.len() {
            self.peek(1)?;
        }
        Ok(&self.buffer[self.taken..])
    }

    fn consume(&mut self, n: usize) {
        self.taken += n;
        self.n_taken.fetch_add(n as u64, Ordering::Relaxed);
    }
}

/// Reads, again where a signal came in between.
fn retried(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// What the bytes are packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codec {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

impl Codec {
    /// What these first bytes are packed with, by the signatures of RFC 1952, RFC 8878, bzip2 and xz.
    pub(crate) fn of(head: &[u8]) -> Option<Codec> {
        let skippable = head.len() >= 4 && head[0] & 0xf0 == 0x50 && head[1..4] == *b"\x2a\x4d\x18";
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Codec::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Codec::Zstd),
            _ if skippable => Some(Codec::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', ..] => Some(Codec::Bzip2),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Codec::Xz),
            _ => None,
        }
    }
}

/// The state of a stream.
#[expect(clippy::large_enum_variant, reason = "one stands for an open archive at a time")]
enum State {
    /// Not compressed.
    Plain(Raw),
    /// Before a member, or at the end.
    Between(Raw),
    Gzip(GzDecoder<Raw>),
    Zstd(zstd::stream::read::Decoder<'static, Raw>),
    Bzip2(bzip2::bufread::BzDecoder<Raw>),
    Xz(Box<lzma_rust2::XzReader<Raw>>),
    /// After the last byte, or after an error.
    End,
}

/// The decompressed bytes of a source.
pub(crate) struct Stream {
    state: State,
    codec: Option<Codec>,
    dictionary: Option<Vec<u8>>,
    /// Decompressed bytes of one member that are not yet taken. Unused where nothing is compressed.
    buffer: Vec<u8>,
    taken: usize,
    member: u64,
    within: u64,
    n_out: u64,
    n_raw: Arc<AtomicU64>,
    /// What went wrong; decoders go on as if nothing had been.
    failed: Option<(io::ErrorKind, String)>,
}

impl Stream {
    /// The bytes from the start.
    pub(crate) fn new(source: Source) -> io::Result<Stream> {
        match source {
            Source::File(part) => Stream::of(part.from(0)?, 0),
            Source::Pipe(reader) => Stream::of(reader, 0),
        }
    }

    /// The bytes of a file from `at` on. `like` is a stream of the same file from its start.
    pub(crate) fn reopened(part: &Part, at: &At, like: &Stream) -> io::Result<Stream> {
        let (member, within) = match like.codec {
            // Where nothing is compressed every byte can be gone to.
            None => (at.member.saturating_add(at.within), 0),
            Some(_) => (at.member, at.within),
        };
        let mut stream = Stream::of(part.from(member)?, member)?;
        stream.dictionary.clone_from(&like.dictionary);
        if like.codec.is_none() && stream.codec.take().is_some() {
            // What looks compressed in the midst of what is not is not.
            stream.state = State::Plain(Raw::new(part.from(member)?, member));
        }
        if stream.codec.is_none() {
            (stream.member, stream.within) = (0, member);
        } else {
            stream.skip_to(&At { member, within, ..At::default() })?;
        }
        Ok(stream)
    }

    fn of(reader: Box<dyn Read + Send>, n_before: u64) -> io::Result<Stream> {
        let mut raw = Raw::new(reader, n_before);
        let codec = Codec::of(raw.peek(6)?);
        let n_raw = Arc::clone(&raw.n_taken);
        Ok(Stream {
            state: if codec.is_some() { State::Between(raw) } else { State::Plain(raw) },
            codec,
            dictionary: None,
            buffer: Vec::new(),
            taken: 0,
            member: n_before,
            within: 0,
            n_out: 0,
            n_raw,
            failed: None,
        })
    }

    /// What the bytes are packed with.
    pub(crate) fn codec(&self) -> Option<Codec> {
        self.codec
    }

    /// Where the next byte lies. After a `fill_buf` that gave bytes this is in the member that holds them.
    pub(crate) fn at(&self, n: u64) -> At {
        At { member: self.member, within: self.within, n, inner: None }
    }

    /// Bytes of the source that are behind us.
    pub(crate) fn n_raw(&self) -> u64 {
        self.n_raw.load(Ordering::Relaxed)
    }

    /// The next `n` bytes of this member, fewer at its end or where its compression breaks.
    pub(crate) fn peek(&mut self, n: usize) -> &[u8] {
        if let State::Plain(_) = self.state {
            let State::Plain(raw) = &mut self.state else { return &[] };
            return raw.peek(n).unwrap_or_default();
        }
        if self.fill_buf().is_err() {
            return &[];
        }
        while self.buffer.len() - self.taken < n {
            let held = self.buffer.len();
            self.buffer.resize(held + BUFFER, 0);
            let read = self.decode(held);
            self.buffer.truncate(held + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    self.failed = Some((error.kind(), error.to_string()));
                    break;
                }
            }
        }
        let rest = &self.buffer[self.taken..];
        &rest[..rest.len().min(n)]
    }

    /// Goes forward to `at`.
    pub(crate) fn skip_to(&mut self, at: &At) -> io::Result<()> {
        loop {
            let held = self.fill_buf()?.len() as u64;
            let before = self.member < at.member || (self.member == at.member && self.within < at.within);
            if held == 0 || !before {
                return Ok(());
            }
            let missing = if self.member == at.member { at.within - self.within } else { held };
            self.consume(held.min(missing) as usize);
        }
    }

    /// Decompresses into the buffer from `held` on. 0 at the end of a member.
    fn decode(&mut self, held: usize) -> io::Result<usize> {
        let into = &mut self.buffer[held..];
        let n = match &mut self.state {
            State::Gzip(decoder) => retried(decoder, into),
            State::Zstd(decoder) => retried(decoder, into),
            State::Bzip2(decoder) => retried(decoder, into),
            State::Xz(decoder) => retried(decoder.as_mut(), into),
            State::Plain(_) | State::Between(_) | State::End => Ok(0),
        }?;
        self.n_out += n as u64;
        if self.n_out > BOMB_BYTES && self.n_out / BOMB_RATIO > self.n_raw() {
            return Err(io::Error::other(format!("it expands to more than {BOMB_RATIO} times its size")));
        }
        Ok(n)
    }

    /// Fills the empty buffer from this member or the next; it stays empty at the end.
    fn refill(&mut self) -> io::Result<()> {
        loop {
            self.taken = 0;
            self.buffer.resize(BUFFER, 0);
            let read = self.decode(0);
            self.buffer.truncate(*read.as_ref().unwrap_or(&0));
            if read? > 0 {
                return Ok(());
            }
            let raw = match std::mem::replace(&mut self.state, State::End) {
                State::Gzip(decoder) => decoder.into_inner(),
                State::Zstd(decoder) => decoder.finish(),
                State::Bzip2(decoder) => decoder.into_inner(),
                State::Xz(decoder) => decoder.into_inner(),
                State::Between(raw) => raw,
                State::Plain(_) | State::End => return Ok(()),
            };
            if !self.open_member(raw)? {
                return Ok(());
            }
        }
    }

    /// Begins the next member. False at the end of the source.
    fn open_member(&mut self, mut raw: Raw) -> io::Result<bool> {
        loop {
            // Tape blocks and block devices leave zeros at the end.
            while raw.fill_buf()?.first() == Some(&0) {
                let n = raw.fill_buf()?.iter().take_while(|b| **b == 0).count();
                raw.consume(n);
            }
            let head = raw.peek(8)?;
            if head.is_empty() {
                return Ok(false);
            }
            let n_left =
                head.get(4..).and_then(|rest| rest.first_chunk()).map_or(0, |n| u32::from_le_bytes(*n));
            let (codec, kind, head_len) = (Codec::of(head), head[0], head.len());
            let begin = raw.n_taken.load(Ordering::Relaxed);
            // A frame that decoders pass over; that of number 13 holds the dictionary of a `.warc.zst`.
            if codec == Some(Codec::Zstd) && (0x50..=0x5f).contains(&kind) {
                raw.consume(head_len);
                if kind == 0x5d && begin == 0 && n_left <= MAX_DICTIONARY {
                    let mut bytes = Vec::new();
                    (&mut raw).take(u64::from(n_left)).read_to_end(&mut bytes)?;
                    if bytes.starts_with(b"\x28\xb5\x2f\xfd") {
                        let decoder = zstd::stream::read::Decoder::new(&bytes[..])?;
                        let mut plain = Vec::new();
                        decoder.take(u64::from(MAX_DICTIONARY)).read_to_end(&mut plain)?;
                        bytes = plain;
                    }
                    self.dictionary = Some(bytes);
                } else {
                    io::copy(&mut (&mut raw).take(u64::from(n_left)), &mut io::sink())?;
                }
                continue;
            }
            self.state = match codec {
                Some(Codec::Gzip) => State::Gzip(GzDecoder::new(raw)),
                Some(Codec::Zstd) => {
                    let dictionary = self.dictionary.as_deref().unwrap_or_default();
                    let decoder = zstd::stream::read::Decoder::with_dictionary(raw, dictionary)?;
                    State::Zstd(decoder.single_frame())
                }
                Some(Codec::Bzip2) => State::Bzip2(bzip2::bufread::BzDecoder::new(raw)),
                Some(Codec::Xz) => State::Xz(Box::new(lzma_rust2::XzReader::new(raw, true))),
                None => {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, "what follows is not compressed"));
                }
            };
            (self.member, self.within) = (begin, 0);
            return Ok(true);
        }
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if let State::Plain(_) = self.state {
            let State::Plain(raw) = &mut self.state else { return Ok(&[]) };
            return raw.fill_buf();
        }
        if self.taken == self.buffer.len() {
            if let Some((kind, why)) = &self.failed {
                return Err(io::Error::new(*kind, why.clone()));
            }
            if let Err(error) = self.refill() {
                self.failed = Some((error.kind(), error.to_string()));
                return Err(error);
            }
        }
        Ok(&self.buffer[self.taken..])
    }

    fn consume(&mut self, n: usize) {
        self.within += n as u64;
        match &mut self.state {
            State::Plain(raw) => raw.consume(n),
            _ => self.taken += n,
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

/// What went wrong with the bytes, in our words.
pub(crate) fn broken(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "its end is missing".to_owned(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            format!("broken compression ({})", error.to_string().to_lowercase())
        }
        _ => crate::list::reason(error),
    }
}
