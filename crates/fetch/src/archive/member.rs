//! A file within an archive, or a compressed one: what is it, by its name and its bytes?

use super::at::At;
use super::lines::LineWalk;
use super::stream::Stream;
use super::{Item, Named, Walk};
use crate::sniff::{self, Form};
use crate::{MAX_BYTES, Skipped, read};
use onrecord_terms::{Given, Page};
use std::path::Path;

/// The way through one file: its lines, or the one page that it is. It begins at `at`, where `stream` stands.
pub(super) fn file(mut stream: Stream, at: &At, named: Named) -> Box<dyn Walk> {
    let form = match sniff::by_ending(Path::new(bare(&named.name))) {
        None | Some(Form::Archive) => sniff::by_head(stream.peek(4096)),
        Some(form) => form,
    };
    match form {
        Form::JsonLines => Box::new(LineWalk::new(stream, at, named)),
        form => Box::new(Whole {
            stream: Some(stream),
            form,
            named,
            n_given: 0,
            n_skip: at.n,
            items: None,
            n_raw: 0,
        }),
    }
}

/// A name without the ending that tells how the file is compressed.
pub(super) fn bare(name: &str) -> &str {
    let (bare, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    match ending.to_ascii_lowercase().as_str() {
        "gz" | "zst" | "zstd" | "bz2" | "xz" => bare,
        _ => name,
    }
}

/// Why a member of an archive is passed over for its name; none if it may hold pages.
pub(super) fn passed_over(name: &str) -> Option<String> {
    let path = Path::new(name);
    let is_hidden = |part: &str| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX";
    if name.split(['/', '\\']).any(is_hidden) {
        return Some("hidden file".to_owned());
    }
    match (sniff::by_ending(path), path.extension()) {
        (None, Some(ending)) => Some(format!(
            "file with the ending .{}",
            ending.to_string_lossy().chars().take(20).collect::<String>()
        )),
        _ => None,
    }
}

/// The name of a member without its ending.
pub(super) fn id(name: &str) -> String {
    let name = name.trim_start_matches("./");
    Path::new(bare(name)).with_extension("").to_string_lossy().into_owned()
}

/// One file, read as a whole.
struct Whole {
    stream: Option<Stream>,
    form: Form,
    named: Named,
    n_given: u64,
    /// Pages that were given by an earlier read.
    n_skip: u64,
    items: Option<Box<dyn Iterator<Item = Item> + Send>>,
    n_raw: u64,
}

impl Whole {
    fn open(&mut self) -> Box<dyn Iterator<Item = Item> + Send> {
        let Some(mut stream) = self.stream.take() else { return Box::new(std::iter::empty()) };
        let (bytes, broken) = super::http::up_to_the_break(&mut stream);
        self.n_raw = stream.n_raw();
        let (origin, id) = (self.named.origin.clone(), self.named.id.clone());
        let skip = |why: String| Item::Skipped(Skipped::new(origin.clone(), why));
        if bytes.len() > MAX_BYTES {
            return Box::new(std::iter::once(skip("over 64 MB".to_owned())));
        }
        let given = Given { cut: broken.is_some(), ..Given::default() };
        let odd = broken.map(|why| skip(format!("bytes are missing: {why}")));
        let pages = read::from_bytes(bytes, self.form, origin.clone(), id, given);
        let is_inner = self.named.is_inner;
        Box::new(odd.into_iter().chain(pages.map(move |page| item(page, is_inner))))
    }
}

/// A page or a reason. In an archive lie files of all kinds; of a file that was named itself each reason is told.
pub(super) fn item(page: Result<Page, Skipped>, is_inner: bool) -> Item {
    match page {
        Ok(page) => Item::Page(page),
        Err(skipped) if is_inner && skipped.why.starts_with("no `text`") => {
            Item::Passed("JSON without an article".to_owned())
        }
        Err(skipped) if is_inner && skipped.why.starts_with("binary") => {
            Item::Passed("binary file".to_owned())
        }
        Err(skipped) => Item::Skipped(skipped),
    }
}

impl Walk for Whole {
    fn step(&mut self) -> Option<Item> {
        if self.items.is_none() {
            let n_skip = usize::try_from(self.n_skip).unwrap_or(usize::MAX);
            self.n_given = self.n_skip;
            self.items = Some(Box::new(self.open().skip(n_skip)));
        }
        let item = self.items.as_mut()?.next()?;
        self.n_given += 1;
        Some(item)
    }

    fn at(&self) -> At {
        At { n: self.n_given, ..At::default() }
    }

    fn n_raw(&self) -> u64 {
        self.n_raw
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_member_is() {
        for (name, why) in [
            ("pages/a.html", None),
            ("a.HTML.gz", None),
            ("pages/README", None),
            ("in.jsonl.zst", None),
            ("./a.txt", None),
            ("style.css", Some("file with the ending .css")),
            ("__MACOSX/a.html", Some("hidden file")),
            (".git/a.txt", Some("hidden file")),
        ] {
            assert_eq!(passed_over(name).as_deref(), why, "{name}");
        }
        assert_eq!((id("./pages/a.html.gz").as_str(), id("b.x.txt").as_str()), ("pages/a", "b.x"));
    }
}
