//! What pages does one input hold?
//!
//! Comes in: an input of the list. Goes out: its pages one at a time, and a reason for each that cannot be had.

use crate::list::{self, Input};
use crate::sniff::{self, Form};
use crate::{Event, MAX_BYTES, Mark, Skipped, archive, feed, json, sidecar};
use onrecord_terms::{Given, Media, Page};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

/// Pages and reasons, one at a time.
type Pages = Box<dyn Iterator<Item = Result<Page, Skipped>> + Send>;

/// What lies in one input: an archive's pages from its mark on, or those of a file.
pub(crate) fn events(input: Input, marks: &BTreeMap<String, Mark>) -> archive::Events {
    if let Input::File { path, id } = &input
        && let Some(events) = archive::open(path, id, marks)
    {
        return events;
    }
    let n_bytes = input.n_bytes();
    match input {
        Input::Stdin => stdin(BufReader::new(io::stdin())),
        input => Box::new(pages(input).map(Event::from).chain([Event::Bytes(n_bytes)])),
    }
}

/// The pages of one input.
pub(crate) fn pages(input: Input) -> Pages {
    match input {
        Input::Stdin => Box::new(std::iter::empty()),
        Input::File { path, id } => {
            let origin = path.to_string_lossy().into_owned();
            let form = sniff::by_ending(&path);
            let file = match File::open(&path) {
                Ok(file) => file,
                Err(error) => return skip(&origin, list::reason(&error)),
            };
            if form == Some(Form::JsonLines) {
                return lines(BufReader::new(file), origin, id);
            }
            if file.metadata().is_ok_and(|meta| meta.is_file() && meta.len() > MAX_BYTES as u64) {
                return skip(&origin, "over 64 MB");
            }
            let (given, odd) = sidecar::given(&path);
            let page = whole(file).map(|bytes| (form.unwrap_or(Form::Archive), bytes));
            let pages = match page {
                Ok((form, bytes)) => from_bytes(bytes, form, origin, id, given),
                Err(why) => skip(&origin, why),
            };
            Box::new(odd.into_iter().map(Err).chain(pages))
        }
    }
}

/// Standard input: what it is, its first bytes tell.
fn stdin(mut reader: impl BufRead + Send + 'static) -> archive::Events {
    let (first, is_archive) = match reader.fill_buf() {
        Ok(buffer) => {
            let first =
                buffer.iter().copied().find(|b| !b.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(b));
            (first, archive::has_signature(buffer))
        }
        Err(error) => return Box::new(skip("-", list::reason(&error)).map(Event::from)),
    };
    if is_archive {
        return archive::stream(Box::new(reader), "-");
    }
    // Text may begin with a bracket, so only a brace is read line by line without looking further.
    if first == Some(b'{') {
        return Box::new(json_stdin(reader).map(Event::from));
    }
    let pages = match whole(reader) {
        Ok(bytes) => {
            let form = sniff::by_head(&bytes);
            from_bytes(bytes, form, "-".to_owned(), "-".to_owned(), Given::default())
        }
        Err(why) => skip("-", why),
    };
    Box::new(pages.map(Event::from))
}

/// JSON on standard input: lines if the first line is a document by itself, else one document over many lines.
fn json_stdin(mut reader: impl BufRead + Send + 'static) -> Pages {
    let mut head = Vec::new();
    while head.trim_ascii().is_empty() {
        let before = head.len();
        match line_of(&mut reader, &mut head) {
            Ok(_) if head.len() == before => break,
            Ok(_) => {}
            Err(error) => return skip("-", list::reason(&error)),
        }
    }
    if head.len() <= MAX_BYTES
        && json::parse(head.trim_ascii()).is_err()
        && !head.trim_ascii_end().ends_with(b"}")
    {
        let rest = match whole(reader) {
            Ok(rest) => rest,
            Err(why) => return skip("-", why),
        };
        head.extend(rest);
        let form = sniff::by_head(&head);
        return match form {
            Form::JsonLines => lines(io::Cursor::new(head), "-".to_owned(), "-".to_owned()),
            form => from_bytes(head, form, "-".to_owned(), "-".to_owned(), Given::default()),
        };
    }
    lines(io::Cursor::new(head).chain(reader), "-".to_owned(), "-".to_owned())
}

/// All bytes of a reader, unless there are too many.
fn whole(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| list::reason(&error))?;
    if bytes.len() > MAX_BYTES { Err("over 64 MB".to_owned()) } else { Ok(bytes) }
}

/// The pages of bytes whose form is known; what has an archive's ending and is none is told by its bytes.
pub(crate) fn from_bytes(bytes: Vec<u8>, form: Form, origin: String, id: String, given: Given) -> Pages {
    if bytes.trim_ascii().is_empty() {
        return skip(&origin, "empty");
    }
    if sniff::is_binary(&bytes) {
        return skip(&origin, "binary, neither text nor a web page");
    }
    let page = |media, bytes| -> Pages {
        Box::new(std::iter::once(Ok(Page { id: id.clone(), origin: origin.clone(), media, bytes, given })))
    };
    match if form == Form::Archive { sniff::by_head(&bytes) } else { form } {
        Form::Archive => skip(&origin, "no archive"),
        Form::Html => page(Media::Html, bytes),
        Form::Text if std::str::from_utf8(&bytes).is_err() => skip(&origin, "not UTF-8 text"),
        Form::Text => page(Media::Text, bytes),
        Form::JsonLines => lines(io::Cursor::new(bytes), origin, id),
        Form::Json => documents(&bytes, &origin, &id),
        Form::Feed if sniff::by_head(&bytes) == Form::Html => page(Media::Html, bytes),
        Form::Feed => feed::pages::local(&bytes, &origin, &id),
    }
}

/// A JSON file: one article, an array of them, a JSON Feed, or JSON lines that bear the wrong ending.
fn documents(bytes: &[u8], origin: &str, id: &str) -> Pages {
    if feed::looks_like_one(bytes.trim_ascii_start()) {
        return feed::pages::local(bytes, origin, id);
    }
    let value = match json::parse(bytes) {
        Ok(value) => value,
        Err(_) if sniff::by_head(bytes) == Form::JsonLines && bytes.trim_ascii().contains(&b'\n') => {
            return lines(io::Cursor::new(bytes.to_vec()), origin.to_owned(), id.to_owned());
        }
        Err(why) => return skip(origin, why),
    };
    match value {
        serde_json::Value::Array(many) => {
            let (origin, id) = (origin.to_owned(), id.to_owned());
            Box::new(many.into_iter().enumerate().flat_map(move |(idx, value)| {
                from_json(value, format!("{origin}: entry {}", idx + 1), format!("{id}:{}", idx + 1))
            }))
        }
        value => Box::new(from_json(value, origin.to_owned(), id.to_owned()).into_iter()),
    }
}

/// The page of each line, read when it is asked for.
fn lines(reader: impl BufRead + Send + 'static, origin: String, id: String) -> Pages {
    let mut lines = Lines::from(reader, origin, id, 0);
    Box::new(std::iter::from_fn(move || lines.next()).flatten())
}

/// JSON lines on their way.
pub(crate) struct Lines<R> {
    /// What they are read from.
    pub(crate) reader: R,
    /// Lines that were read.
    pub(crate) line_idx: u64,
    origin: String,
    id: String,
    is_empty: bool,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines after the first `line_idx`, behind which the reader stands.
    pub(crate) fn from(reader: R, origin: String, id: String, line_idx: u64) -> Lines<R> {
        Lines { reader, line_idx, origin, id, is_empty: line_idx == 0, ended: false }
    }

    /// The page of the next line that is not blank, after what was odd about it; none at the end.
    pub(crate) fn next(&mut self) -> Option<Vec<Result<Page, Skipped>>> {
        while !self.ended {
            let mut line = Vec::new();
            self.line_idx += 1;
            let place = format!("{}: line {}", self.origin, self.line_idx);
            match line_of(&mut self.reader, &mut line) {
                Ok(0) => {
                    self.ended = true;
                    let empty = || vec![Err(Skipped::new(self.origin.clone(), "empty"))];
                    return self.is_empty.then(empty);
                }
                Err(error) => {
                    self.ended = true;
                    let why = format!("breaks off: {}; read up to there", archive::broken(&error));
                    return Some(vec![Err(Skipped::new(place, why))]);
                }
                Ok(_) if line.trim_ascii().is_empty() => continue,
                Ok(_) => {}
            }
            self.is_empty = false;
            if line.len() > MAX_BYTES {
                return Some(vec![Err(Skipped::new(place, "over 64 MB"))]);
            }
            return Some(match json::parse(line.trim_ascii()) {
                Ok(value) => from_json(value, place, format!("{}:{}", self.id, self.line_idx)),
                Err(why) => vec![Err(Skipped::new(place, why))],
            });
        }
        None
    }
}

/// Appends one line, and no more than one byte above the limit of it: the rest of a longer line is passed over.
/// Gives the number of bytes that were taken from the reader.
fn line_of(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    let mut n_read = 0;
    loop {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = buffer.iter().position(|b| *b == b'\n').map(|at| at + 1);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        let room = (MAX_BYTES + 1).saturating_sub(line.len());
        line.extend_from_slice(&part[..part.len().min(room)]);
        let n = part.len();
        n_read += n;
        reader.consume(n);
        if end.is_some() || n == 0 {
            return Ok(n_read);
        }
    }
}

fn from_json(value: serde_json::Value, origin: String, id: String) -> Vec<Result<Page, Skipped>> {
    match json::page(value, &origin, &id) {
        Ok((page, odd)) => {
            let odd = odd.into_iter().map(|why| Err(Skipped::new(origin.clone(), why)));
            odd.chain([Ok(page)]).collect()
        }
        Err(why) => vec![Err(Skipped::new(origin, why))],
    }
}

fn skip(origin: &str, why: impl Into<String>) -> Pages {
    Box::new(std::iter::once(Err(Skipped::new(origin, why))))
}
