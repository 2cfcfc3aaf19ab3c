//! A tar file: its members, in the order in which they lie.
//!
//! POSIX.1-2001 (ustar and pax headers) and GNU long names; the headers are taken apart by the `tar` crate, the way
//! from one to the next is our own, so that reading can go on from any of them.

use super::at::At;
use super::member;
use super::stream::{Source, Stream, broken};
use super::{Item, Named, Walk};
use crate::Skipped;
use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex};

/// The most bytes of a long name or a list of attributes.
const MAX_ATTRIBUTES: u64 = 1_000_000;

/// The members of one tar file.
pub(super) struct Tar {
    shared: Arc<Mutex<Shared>>,
    named: Named,
    n: u64,
    /// Where the header of the member under way begins, or that of the next.
    at: At,
    inner: Option<Box<dyn Walk>>,
    /// The place in the member at which to begin.
    inner_at: At,
    ended: bool,
}

/// The tar file's bytes, read by it and by the member under way.
struct Shared {
    stream: Stream,
    /// What is left of the member, and the padding behind it.
    left: u64,
    padding: u64,
}

/// The bytes of the member under way.
struct MemberReader(Arc<Mutex<Shared>>);

impl Read for MemberReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut shared = lock(&self.0);
        let n = buffer.len().min(usize::try_from(shared.left).unwrap_or(usize::MAX));
        if n == 0 {
            return Ok(0);
        }
        let read = shared.stream.read(&mut buffer[..n])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        shared.left -= read as u64;
        Ok(read)
    }
}

/// The lock's content; one thread alone reads an archive, and what panicked in it left plain offsets.
fn lock(shared: &Arc<Mutex<Shared>>) -> std::sync::MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Tar {
    /// The members from `at` on, where `stream` stands.
    pub(super) fn new(stream: Stream, at: &At, named: Named) -> Tar {
        Tar {
            shared: Arc::new(Mutex::new(Shared { stream, left: 0, padding: 0 })),
            named,
            n: at.n,
            at: At { inner: None, ..at.clone() },
            inner: None,
            inner_at: at.inner.as_deref().cloned().unwrap_or_default(),
            ended: false,
        }
    }

    /// The next thing at the level of the tar file itself; nothing where a member was opened.
    fn next_member(&mut self) -> io::Result<Option<Item>> {
        let Some((header, name, at)) = self.next_header()? else {
            self.ended = true;
            return Ok(None);
        };
        self.at = at;
        self.n += 1;
        let size = lock(&self.shared).left;
        if header.entry_type().is_dir() {
            return Ok(None);
        }
        if !header.entry_type().is_file() && !header.entry_type().is_contiguous() {
            return Ok(Some(Item::Passed("link or device".to_owned())));
        }
        if let Some(what) = member::passed_over(&name) {
            return Ok(Some(Item::Passed(what)));
        }
        if size == 0 {
            return Ok(Some(Item::Passed("empty file".to_owned())));
        }
        let named = Named {
            origin: format!("{}: member {name}", self.named.origin),
            id: member::id(&name),
            name,
            is_inner: true,
        };
        let at = std::mem::take(&mut self.inner_at);
        let source = Source::Pipe(Box::new(MemberReader(Arc::clone(&self.shared))));
        match super::walk(source, named, &at) {
            Ok(walk) => self.inner = Some(walk),
            Err(skipped) => return Ok(Some(Item::Skipped(skipped))),
        }
        Ok(None)
    }

    /// The next header of a member, the member's name, and where its headers begin. None at the end.
    fn next_header(&mut self) -> io::Result<Option<(tar::Header, String, At)>> {
        let mut shared = lock(&self.shared);
        let rest = shared.left.saturating_add(shared.padding);
        (shared.left, shared.padding) = (0, 0);
        let passed = io::copy(&mut (&mut shared.stream).take(rest), &mut io::sink())?;
        if passed < rest {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        shared.stream.fill_buf()?;
        let at = shared.stream.at(self.n);
        let (mut long_name, mut long_size) = (None, None);
        loop {
            let mut block = [0; 512];
            let n = read_full(&mut shared.stream, &mut block)?;
            if n == 0 || block.iter().all(|b| *b == 0) {
                return Ok(None);
            }
            if n < block.len() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let header = tar::Header::from_byte_slice(&block).clone();
            let sum: u32 = block
                .iter()
                .enumerate()
                .map(|(idx, b)| if (148..156).contains(&idx) { 32 } else { u32::from(*b) })
                .sum();
            if header.cksum().ok() != Some(sum) {
                return Err(io::Error::other("a member's header is broken"));
            }
            let size = header.entry_size()?;
            let padded = size.div_ceil(512).saturating_mul(512);
            let kind = header.entry_type();
            let attributes = kind.is_gnu_longname() || kind.is_pax_local_extensions();
            if attributes || kind.is_gnu_longlink() || kind.is_pax_global_extensions() {
                let mut bytes = Vec::new();
                let kept = if attributes { size.min(MAX_ATTRIBUTES) } else { 0 };
                (&mut shared.stream).take(kept).read_to_end(&mut bytes)?;
                io::copy(&mut (&mut shared.stream).take(padded - kept), &mut io::sink())?;
                if kind.is_gnu_longname() {
                    while bytes.last() == Some(&0) {
                        bytes.pop();
                    }
                    long_name = Some(bytes);
                } else if attributes {
                    for pair in tar::PaxExtensions::new(&bytes).flatten() {
                        match pair.key() {
                            Ok("path") => long_name = Some(pair.value_bytes().to_vec()),
                            Ok("size") => long_size = pair.value().ok().and_then(|word| word.parse().ok()),
                            _ => {}
                        }
                    }
                }
                continue;
            }
            let name = long_name.unwrap_or_else(|| header.path_bytes().into_owned());
            let size: u64 = long_size.unwrap_or(size);
            shared.left = size;
            shared.padding = (512 - size % 512) % 512;
            return Ok(Some((header, String::from_utf8_lossy(&name).into_owned(), at)));
        }
    }
}

/// Fills the buffer as far as there are bytes.
fn read_full(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut n = 0;
    while n < buffer.len() {
        match reader.read(&mut buffer[n..])? {
            0 => break,
            read => n += read,
        }
    }
    Ok(n)
}

impl Walk for Tar {
    fn step(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = super::step_inside(&mut self.inner) {
                return Some(item);
            }
            if self.ended {
                return None;
            }
            match self.next_member() {
                Ok(Some(item)) => return Some(item),
                Ok(None) => {}
                Err(error) => {
                    self.ended = true;
                    let at = lock(&self.shared).stream.n_raw();
                    let why = format!("breaks off at byte {at}: {}; read up to there", broken(&error));
                    return Some(Item::Skipped(Skipped::new(self.named.origin.clone(), why)));
                }
            }
        }
    }

    fn at(&self) -> At {
        let inner = self.inner.as_ref().map(|inner| Box::new(inner.at()));
        At { n: self.n, inner, ..self.at.clone() }
    }

    fn n_raw(&self) -> u64 {
        lock(&self.shared).stream.n_raw()
    }
}
