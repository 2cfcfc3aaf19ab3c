//! Files, folders, globs and JSON lines in a temporary folder: which pages come, and what is named as skipped?
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use onrecord_fetch::{Skipped, pages};
use onrecord_terms::{Media, Page};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read(folder: &TempDir, paths: &[&str]) -> (Vec<Page>, Vec<Skipped>) {
    let at = |path: &&str| if *path == "." { folder.path().to_owned() } else { folder.path().join(path) };
    let paths: Vec<String> = paths.iter().map(|path| at(path).to_string_lossy().into_owned()).collect();
    let (mut read, mut skipped) = (Vec::new(), Vec::new());
    for page in pages(&paths) {
        match page {
            Ok(page) => read.push(page),
            Err(skip) => skipped.push(skip),
        }
    }
    (read, skipped)
}

/// The ids of the pages, and the skipped as "name: why" with the folder taken off.
fn check(files: &[(&str, &[u8])], paths: &[&str], ids: &[&str], skips: &[&str]) {
    let folder = folder(files);
    let (pages, skipped) = read(&folder, paths);
    let bare = |text: &str| text.replace(&format!("{}/", folder.path().to_string_lossy()), "");
    assert_eq!(pages.iter().map(|page| bare(&page.id)).collect::<Vec<_>>(), ids);
    assert_eq!(skipped.iter().map(|s| bare(&format!("{}: {}", s.origin, s.why))).collect::<Vec<_>>(), skips);
}

#[test]
fn a_folder_is_read_in_order_without_hidden_files_and_sidecars() {
    check(
        &[
            ("b.txt", b"Two"),
            ("a.txt", b"One"),
            ("a.json", b"{\"outlet\": \"The Ledger\"}"),
            (".hidden.txt", b"No"),
            (".git/c.txt", b"No"),
            ("in/c.html", b"<p>Three"),
            ("in/notes.md", b"# No"),
        ],
        &["."],
        &["a", "b", "c"],
        &["in/notes.md: file passed over for the ending: .md"],
    );
}

#[test]
fn files_of_other_tools_are_told_in_one_line_and_databases_in_none() {
    let database = b"SQLite format 3\0 and more";
    let mut files: Vec<(&str, &[u8])> = vec![
        ("a.txt", b"One"),
        ("page/b.css", b"p {}"),
        ("page/c.png", b"\x89PNG"),
        ("page/d.png", b"\x89PNG"),
        ("record", database),
        ("talks.db", database),
        ("talks.db-wal", b"\0\0"),
    ];
    check(&files, &["."], &["a"], &["page: 3 files passed over for the ending: .css, .png"]);
    check(&files, &["talks.db"], &[], &["talks.db: binary, neither text nor a web page"]);
    files.retain(|(name, _)| !name.starts_with("page"));
    check(&files, &["."], &["a"], &[]);
}

#[test]
fn the_ending_decides_what_a_file_is() {
    let folder = folder(&[("a.txt", b"<script>alert(1)</script>"), ("b", b"<p>One"), ("c.html", b"Two")]);
    let (pages, _) = read(&folder, &["."]);
    let media: Vec<Media> = pages.iter().map(|page| page.media).collect();
    assert_eq!(media, [Media::Text, Media::Html, Media::Html]);
}

#[test]
fn files_with_one_name_bear_their_paths() {
    check(
        &[("x/a.txt", b"One"), ("y/a.txt", b"Two"), ("y/b.txt", b"Three"), ("y/b.html", b"<p>Four")],
        &["."],
        &["x/a", "y/a", "y/b.html", "y/b.txt"],
        &[],
    );
}

#[test]
fn a_path_given_twice_is_read_once() {
    check(&[("a.txt", b"One")], &["a.txt", ".", "./a.txt"], &["a"], &[]);
}

#[test]
fn globs_match_and_say_when_they_do_not() {
    check(
        &[("a.txt", b"One"), ("a.json", b"{}"), ("b.htm", b"<p>Two")],
        &["*.htm", "a.*", "*.nothing"],
        &["b", "a"],
        &["*.nothing: no file matches"],
    );
}

#[test]
fn what_cannot_be_read_is_named_with_its_reason() {
    check(
        &[
            ("empty.txt", b""),
            ("blank.txt", b" \n\n"),
            ("latin.txt", b"Caf\xe9"),
            ("picture.txt", b"\x89PNG\r\n\x1a\n"),
            ("zeros.html", b"\0\0\0\0\0\0"),
            ("page.html", b"<p>Caf\xe9"),
            ("gone.json", b"{\"about\": 1}"),
        ],
        &[
            "empty.txt",
            "blank.txt",
            "latin.txt",
            "picture.txt",
            "zeros.html",
            "page.html",
            "none.txt",
            "gone.json",
        ],
        &["page"],
        &[
            "empty.txt: empty",
            "blank.txt: empty",
            "latin.txt: not UTF-8 text",
            "picture.txt: binary, neither text nor a web page",
            "zeros.html: binary, neither text nor a web page",
            "none.txt: no such file or folder",
            "gone.json: no `text` and no `html` in it",
        ],
    );
}

#[test]
fn json_lines_give_pages_and_name_broken_lines() {
    let lines = b"{\"id\":\"one\",\"text\":\"A\"}\n\n{broken\n{\"doc_id\":7,\"html\":\"<p>B\"}\n{\"text\":\"C\"}\n[1]\n\xff\n";
    let folder = folder(&[("in.jsonl", lines)]);
    let (pages, skipped) = read(&folder, &["in.jsonl"]);
    let ids: Vec<_> = pages.iter().map(|p| (p.id.as_str(), p.media)).collect();
    assert_eq!(ids, [("one", Media::Body), ("7", Media::Html), ("in:5", Media::Body)]);
    let lines: Vec<_> = skipped.iter().map(|s| s.origin.rsplit(": ").next().unwrap()).collect();
    assert_eq!(lines, ["line 3", "line 6", "line 7"]);
    assert!(pages[0].origin.ends_with("in.jsonl: line 1"), "{}", pages[0].origin);
}

#[test]
fn json_documents_hold_one_article_or_many() {
    check(
        &[
            ("one.json", b"{\n\"text\": \"A\"\n}"),
            ("many.json", b"[{\"text\":\"A\"},{\"id\":\"b\",\"text\":\"B\"},3]"),
        ],
        &["one.json", "many.json"],
        &["one", "many:1", "b"],
        &["many.json: entry 3: expected an object with `text` or `html`"],
    );
}

#[test]
fn facts_come_from_the_sidecar_and_from_the_line() {
    let facts = br#"{"publisher":"The Ledger","url":"https://ledger.example/1","date":"2031-03-04T10:00:00Z","author":["Jane Roe"],"title":"T","language":"en","#;
    let line = [&facts[..], br#""text":" A "}"#].concat();
    let side = [&facts[..], br#""more":[1]}"#].concat();
    let folder = folder(&[
        ("in.ndjson", &line),
        ("a.txt", b"A"),
        ("a.json", &side),
        ("b.txt", b"B"),
        ("b.json", b"{\"date\":\"soon\"}"),
    ]);
    let (pages, skipped) = read(&folder, &["in.ndjson", "a.txt", "b.txt"]);
    for page in &pages[..2] {
        assert_eq!(page.given.outlet.as_deref(), Some("The Ledger"));
        assert_eq!(page.given.url.as_deref(), Some("https://ledger.example/1"));
        assert_eq!(page.given.published.unwrap().to_string(), "2031-03-04T10:00:00Z");
        assert_eq!(page.given.byline, ["Jane Roe"]);
        assert_eq!((page.given.title.as_deref(), page.given.language.as_deref()), (Some("T"), Some("en")));
    }
    assert_eq!(pages[0].bytes, b" A ");
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[2].given.published_raw.as_deref(), Some("soon"));
    assert_eq!(skipped, []);
}

#[test]
fn a_huge_file_is_skipped_without_being_read() {
    let folder = folder(&[]);
    let path = folder.path().join("huge.txt");
    fs::File::create(&path).unwrap().set_len(onrecord_fetch::MAX_BYTES as u64 + 1).unwrap();
    let (pages, skipped) = read(&folder, &["huge.txt"]);
    assert!(pages.is_empty());
    assert_eq!(skipped[0].why, "over 64 MB");
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_end() {
    let folder = folder(&[("in/a.txt", b"One")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("in/back")).unwrap();
    std::os::unix::fs::symlink(Path::new("self"), folder.path().join("self")).unwrap();
    let (pages, skipped) = read(&folder, &["."]);
    assert_eq!(pages.len(), 1);
    assert_eq!(skipped.len(), 1);
}

#[test]
fn a_feed_in_a_file_gives_the_articles_that_it_brings_and_tells_of_the_others() {
    let long = "The council met on the quay again, and nobody was late for it that day. ".repeat(12);
    let rss = format!(
        "<rss><channel><title>Vale Ledger</title><item><title>One</title><link>https://vale.example/1</link>
         <description>&lt;p&gt;{long}&lt;/p&gt;</description></item>
         <item><title>Two</title><link>https://vale.example/2</link></item></channel></rss>"
    );
    let map = "<urlset><url><loc>https://vale.example/3</loc></url></urlset>";
    let folder =
        folder(&[("in/feed.xml", rss.as_bytes()), ("in/map.xml", map.as_bytes()), ("in/odd.xml", b"<tei/>")]);
    let (pages, skipped) = read(&folder, &["in"]);
    assert_eq!((pages.len(), pages[0].id.as_str(), pages[0].media), (1, "feed:1", Media::Fragment));
    assert_eq!(pages[0].given.outlet.as_deref(), Some("Vale Ledger"));
    let whys: Vec<&str> = skipped.iter().map(|skipped| skipped.why.as_str()).collect();
    assert_eq!(
        whys,
        [
            "RSS: links to one article not fetched (--follow fetches what is linked)",
            "sitemap: links to one article not fetched (--follow fetches what is linked)",
            "XML, but neither a feed nor a sitemap nor OPML: its root is <tei>",
        ]
    );
}
