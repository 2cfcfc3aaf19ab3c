//! Tar, zip, WACZ, single compressed files, JSON lines, Parquet.

use crate::make::{check, gzip, html, lines, page, tar, zip};
use std::io::Write as _;

const LINES: &[u8] = b"{\"id\":\"one\",\"text\":\"A\"}\n{broken\n{\"text\":\"B\"}\n";

#[test]
fn members_of_a_tar_are_read_by_their_endings() {
    let (one, warc) = (page("one"), [gzip(&html(5)), gzip(&html(6))].concat());
    let long = format!("{}/two.html", "deep/".repeat(40));
    let packed = gzip(page("three").as_bytes());
    let inner = tar(&[("x.html", b"<p>x")]);
    let file = tar(&[
        ("in/one.html", one.as_bytes()),
        ("in/style.css", b"p {}"),
        ("in/empty.html", b""),
        (&long, one.as_bytes()),
        ("three.html.gz", &packed),
        ("news.warc.gz", &warc),
        ("lines.jsonl", LINES),
        ("facts.json", b"{\"outlet\": \"The Ledger\"}"),
        ("inner.tar", &inner),
        ("picture", b"\x89PNG\r\n\x1a\n"),
    ]);
    let expected = [
        "in/one | one".to_owned(),
        format!("{} | one", long.trim_end_matches(".html")),
        "three | three".to_owned(),
        "urn:x:5 | no. 5".to_owned(),
        "urn:x:6 | no. 6".to_owned(),
        "one | A".to_owned(),
        "! a.tar: member lines.jsonl: line 2: broken JSON: key must be a string at line 1 column 2"
            .to_owned(),
        "lines:3 | B".to_owned(),
        "! a.tar: member inner.tar: tar within another archive or stream is not read; unpack it first"
            .to_owned(),
        "- 1 JSON without an article".to_owned(),
        "- 1 binary file".to_owned(),
        "- 1 empty file".to_owned(),
        "- 1 file with the ending .css".to_owned(),
    ];
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check("a.tar", &file, &expected);
    let renamed = |name: &str| {
        expected.iter().map(|line| line.replace("a.tar:", &format!("{name}:"))).collect::<Vec<_>>()
    };
    assert_eq!(lines("a.tar.gz", &gzip(&file)), renamed("a.tar.gz"));
    assert_eq!(lines("a.tgz", &gzip(&file)), renamed("a.tgz"));
    assert_eq!(lines("a.tar.zst", &zstd::encode_all(&file[..], 1).unwrap()), renamed("a.tar.zst"));
    let bz2 = {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(&file).unwrap();
        encoder.finish().unwrap()
    };
    assert_eq!(lines("a.tar.bz2", &bz2), renamed("a.tar.bz2"));
}

#[test]
fn a_tar_that_is_cut_is_read_up_to_the_break() {
    let (one, two) = (page("one"), page("two"));
    let file = tar(&[("one.html", one.as_bytes()), ("two.html", two.as_bytes())]);
    let cut = lines("a.tar", &file[..512 + 512 + 512 + 40]);
    assert_eq!(cut[0], "one | one");
    assert_eq!(cut[1], "! a.tar: member two.html: bytes are missing: its end is missing");
    assert!(cut[2].ends_with("cut"), "{cut:?}");
    let mut broken = file.clone();
    broken[1024 + 20] ^= 1;
    let broken = lines("a.tar", &broken);
    assert_eq!(broken[0], "one | one");
    assert!(broken[1].contains("a member's header is broken; read up to there"), "{broken:?}");
}

#[test]
fn members_of_a_zip_are_read_by_their_endings() {
    let (one, warc) = (page("one"), [gzip(&html(5)), gzip(&html(6))].concat());
    let file = zip(&[
        ("in/", b"", false),
        ("in/one.html", one.as_bytes(), true),
        ("two.html", one.as_bytes(), false),
        ("news.warc.gz", &warc, false),
        ("packed.warc.gz", &warc, true),
        ("a.png", b"\x89PNG", false),
    ]);
    check(
        "a.zip",
        &file,
        &[
            "in/one | one",
            "two | one",
            "urn:x:5 | no. 5",
            "urn:x:6 | no. 6",
            "urn:x:5 | no. 5",
            "urn:x:6 | no. 6",
            "- 1 file with the ending .png",
            "- 1 folder",
        ],
    );
    let cut = lines("cut.zip", &file[..file.len() - 60]);
    assert!(cut.len() == 1 && cut[0].contains("its directory cannot be read"), "{cut:?}");
    let mut wrong = file.clone();
    let at = wrong.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    // The sum of the second entry, which is the first page.
    let second = at + 46 + 3 + 16;
    wrong[second] ^= 1;
    let wrong = lines("wrong.zip", &wrong);
    assert!(wrong[0].contains("bytes are missing: broken compression (its check sum is wrong)"), "{wrong:?}");
}

#[test]
fn a_wacz_is_read_by_its_archive_alone() {
    let warc = gzip(&html(5));
    let file = zip(&[
        ("archive/data.warc.gz", &warc, false),
        ("indexes/index.cdx.gz", &gzip(b"x"), false),
        ("pages/pages.jsonl", b"{\"title\":\"x\"}\n", true),
        ("datapackage.json", b"{}", true),
    ]);
    check("a.wacz", &file, &["urn:x:5 | no. 5", "- 3 index of a WACZ"]);
}

#[test]
fn single_files_may_be_compressed() {
    let one = page("one");
    check("one.html.gz", &gzip(one.as_bytes()), &["one.html | one"]);
    check("one.gz", &gzip(one.as_bytes()), &["one | one"]);
    check(
        "one.txt.zst",
        &zstd::encode_all(&b"The dam holds."[..], 1).unwrap(),
        &["one.txt | The dam holds."],
    );
    let expected = [
        "one | A",
        "! a.jsonl.gz: line 2: broken JSON: key must be a string at line 1 column 2",
        "a.jsonl:3 | B",
    ];
    check("a.jsonl.gz", &gzip(LINES), &expected);
    // Two members are one file.
    check("a.jsonl.gz", &[gzip(&LINES[..30]), gzip(&LINES[30..])].concat(), &expected);
    let cut = gzip(LINES);
    let cut = lines("a.jsonl.gz", &cut[..cut.len() - 9]);
    assert!(cut.iter().any(|line| line.contains("its end is missing")), "{cut:?}");
    check(
        "a.zip",
        b"PK\x03\x04 no zip",
        &["! a.zip: its directory cannot be read (invalid zip archive: could not find eocd); it may be cut"],
    );
    check("b.gz", &gzip(b"\x89PNG\r\n\x1a\n"), &["! b.gz: binary, neither text nor a web page"]);
}

#[test]
fn what_expands_without_end_is_cut_off_and_told() {
    let zeros = vec![b' '; 65_000_000];
    check("bomb.html.gz", &gzip(&zeros), &["! bomb.html.gz: over 64 MB"]);
    let file = zip(&[("bomb.html", &zeros, true), ("one.html", page("one").as_bytes(), true)]);
    check("bomb.zip", &file, &["! bomb.zip: member bomb.html: over 64 MB", "one | one"]);
    let tar = tar(&[("bomb.html", &zeros), ("one.html", page("one").as_bytes())]);
    check("bomb.tar.gz", &gzip(&tar), &["! bomb.tar.gz: member bomb.html: over 64 MB", "one | one"]);
}

#[cfg(feature = "parquet")]
mod parquet_files {
    use crate::make::{check, events, folder, page};
    use onrecord_fetch::Event;
    use parquet::column::writer::ColumnWriter;
    use parquet::data_type::ByteArray;
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;

    /// A file with two row groups of two rows: texts, some without a value, and a moment.
    fn file(schema: &str, texts: &[&[Option<&str>]]) -> Vec<u8> {
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let mut bytes = Vec::new();
        let properties = Arc::new(WriterProperties::builder().build());
        let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
        for group in texts.chunks(2) {
            let mut rows = writer.next_row_group().unwrap();
            let mut idx = 0;
            while let Some(mut column) = rows.next_column().unwrap() {
                let values: Vec<Option<&str>> = group.iter().map(|row| row[idx]).collect();
                let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
                match column.untyped() {
                    ColumnWriter::Int64ColumnWriter(writer) => {
                        let values: Vec<i64> =
                            values.iter().flatten().map(|value| value.parse().unwrap()).collect();
                        writer.write_batch(&values, Some(&levels), None).unwrap();
                    }
                    ColumnWriter::ByteArrayColumnWriter(writer) => {
                        let values: Vec<ByteArray> =
                            values.iter().flatten().map(|value| ByteArray::from(*value)).collect();
                        writer.write_batch(&values, Some(&levels), None).unwrap();
                    }
                    _ => panic!("a column of another type"),
                }
                column.close().unwrap();
                idx += 1;
            }
            rows.close().unwrap();
        }
        writer.close().unwrap();
        bytes
    }

    #[test]
    fn columns_are_chosen_by_their_names() {
        let (one, two) = (page("one"), page("two"));
        let schema = "message news {
            OPTIONAL BINARY raw_html (UTF8); OPTIONAL BINARY URL (UTF8); OPTIONAL INT64 date (TIMESTAMP(MILLIS,true)); OPTIONAL BINARY more (UTF8);
        }";
        let rows: &[&[Option<&str>]] = &[
            &[Some(&one), Some("https://ledger.example/1"), Some("1930385045000"), Some("x")],
            &[None, Some("https://ledger.example/2"), Some("1930385045000"), Some("x")],
            &[Some(&two), None, Some("1930385045000"), Some("x")],
        ];
        let file = file(schema, rows);
        check("a.parquet", &file, &["a:1 | one", "a:3 | two", "- 1 row without text"]);
        let folder = folder("a.parquet", &file);
        let Some(Event::Page(page)) = events(&folder.path().join("a.parquet"), &[]).into_iter().next() else {
            panic!()
        };
        assert!(page.origin.ends_with("a.parquet: row 1"));
        assert_eq!(page.given.url.as_deref(), Some("https://ledger.example/1"));
        assert_eq!(page.given.published.unwrap().to_string(), "2031-03-04T10:04:05Z");
    }

    #[test]
    fn a_file_without_a_column_of_text_is_refused_with_its_columns() {
        let schema = "message news { OPTIONAL BINARY a (UTF8); OPTIONAL BINARY b (UTF8); }";
        check(
            "a.parquet",
            &file(schema, &[&[Some("x"), Some("y")]]),
            &["! a.parquet: no column of text by a name that is known (html, text, content, …); it has a, b"],
        );
    }
}
