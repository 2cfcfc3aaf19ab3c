//! A zip file, or a WACZ (a zip with WARC files in `archive/`): its members, in the order of its directory.
//!
//! The `zip` crate reads the directory; the members are read from the file by ourselves, so that one which is a WARC
//! file is read as a stream and, where it is stored as it is, can be gone back to.

use super::at::At;
use super::member;
use super::stream::{Part, Source, broken};
use super::{Item, Named, Walk};
use crate::{Skipped, list};
use std::fs::File;
use std::io::{self, BufReader, Read};
use zip::{CompressionMethod, ZipArchive};

/// The members of one zip file.
pub(super) struct Zip {
    archive: ZipArchive<BufReader<File>>,
    part: Part,
    named: Named,
    is_wacz: bool,
    /// Members that were begun.
    n: usize,
    inner: Option<Box<dyn Walk>>,
    inner_at: At,
    /// Compressed bytes of the members before.
    n_before: u64,
    n_member: u64,
}

impl Zip {
    /// The members of a file, from `at` on.
    pub(super) fn open(part: &Part, named: Named, at: &At) -> Result<Zip, Skipped> {
        let fail = |why: String| Skipped::new(named.origin.clone(), why);
        let file = File::open(&part.path).map_err(|error| fail(list::reason(&error)))?;
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| {
            fail(format!(
                "its directory cannot be read ({}); it may be cut",
                error.to_string().to_lowercase()
            ))
        })?;
        let is_wacz = archive.file_names_raw().any(|name| name.starts_with(b"archive/"))
            && archive.file_names_raw().any(|name| name == b"datapackage.json");
        // A place within a member counts that member as begun.
        let n = usize::try_from(at.n).unwrap_or(usize::MAX);
        Ok(Zip {
            n: n.saturating_sub(usize::from(at.inner.is_some())),
            inner_at: at.inner.as_deref().cloned().unwrap_or_default(),
            archive,
            part: part.clone(),
            named,
            is_wacz,
            inner: None,
            n_before: 0,
            n_member: 0,
        })
    }

    /// The next thing at the level of the zip file itself; nothing where a member was opened.
    fn next_member(&mut self) -> Option<Item> {
        self.n_before += std::mem::take(&mut self.n_member);
        let idx = self.n;
        self.n += 1;
        let origin = self.named.origin.clone();
        let skip = |name: &str, why: String| {
            Some(Item::Skipped(Skipped::new(format!("{origin}: member {name}"), why)))
        };
        let (name, method, start, len, size, crc) = {
            let file = match self.archive.by_index_raw(idx) {
                Ok(file) => file,
                Err(error) => return skip(&(idx + 1).to_string(), error.to_string().to_lowercase()),
            };
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            if file.is_dir() {
                return Some(Item::Passed("folder".to_owned()));
            }
            if file.encrypted() {
                return skip(&name, "encrypted".to_owned());
            }
            let Some(start) = file.data_start() else {
                return skip(&name, "its bytes are not there".to_owned());
            };
            (name, file.compression(), start, file.compressed_size(), file.size(), file.crc32())
        };
        self.n_member = len;
        if self.is_wacz && !name.starts_with("archive/") {
            return Some(Item::Passed("index of a WACZ".to_owned()));
        }
        if let Some(what) = member::passed_over(&name) {
            return Some(Item::Passed(what));
        }
        if size == 0 {
            return Some(Item::Passed("empty file".to_owned()));
        }
        let part = Part { path: self.part.path.clone(), start, len };
        let source = match (method, part.from(0)) {
            (_, Err(error)) => return skip(&name, list::reason(&error)),
            (CompressionMethod::Stored, Ok(_)) => Ok(Source::File(part)),
            (method, Ok(reader)) => unpacked(method, reader).map(|reader| {
                Source::Pipe(Box::new(Checked { reader, sum: flate2::Crc::new(), expected: crc, size }))
            }),
        };
        let source = match source {
            Ok(source) => source,
            Err(why) => return skip(&name, why),
        };
        let named =
            Named { origin: format!("{origin}: member {name}"), id: member::id(&name), name, is_inner: true };
        match super::walk(source, named, &std::mem::take(&mut self.inner_at)) {
            Ok(walk) => {
                self.inner = Some(walk);
                None
            }
            Err(skipped) => Some(Item::Skipped(skipped)),
        }
    }
}

/// A member's bytes, unpacked.
fn unpacked(method: CompressionMethod, reader: Box<dyn Read + Send>) -> Result<Box<dyn Read + Send>, String> {
    match method {
        CompressionMethod::DEFLATE => Ok(Box::new(flate2::read::DeflateDecoder::new(reader))),
        CompressionMethod::BZIP2 => Ok(Box::new(bzip2::read::BzDecoder::new(reader))),
        CompressionMethod::ZSTD => zstd::stream::read::Decoder::new(reader)
            .map(|decoder| Box::new(decoder) as Box<dyn Read + Send>)
            .map_err(|error| broken(&error)),
        method => Err(format!("packed in a way that is not read ({method})")),
    }
}

/// A member's bytes with their check sum, which is compared at the end.
struct Checked {
    reader: Box<dyn Read + Send>,
    sum: flate2::Crc,
    expected: u32,
    size: u64,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buffer)?;
        self.sum.update(&buffer[..n]);
        let whole =
            u64::from(self.sum.amount()) == self.size & 0xffff_ffff && self.sum.sum() == self.expected;
        if n == 0 && !buffer.is_empty() && !whole {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its check sum is wrong"));
        }
        Ok(n)
    }
}

impl Walk for Zip {
    fn step(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = super::step_inside(&mut self.inner) {
                return Some(item);
            }
            if self.n >= self.archive.len() {
                return None;
            }
            if let Some(item) = self.next_member() {
                return Some(item);
            }
        }
    }

    fn at(&self) -> At {
        let inner = self.inner.as_ref().map(|inner| Box::new(inner.at()));
        At { n: self.n as u64, inner, ..At::default() }
    }

    fn n_raw(&self) -> u64 {
        self.n_before + self.inner.as_ref().map_or(0, |inner| inner.n_raw())
    }
}
