//! Any bytes as an archive, as a WARC record's block, or as a response's body: no panic, no page without bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_fetch::{Event, MAX_BYTES};
use std::io::Cursor;

const NAMES: [&str; 6] = ["a.warc", "a.warc.gz", "a.tar", "a.jsonl", "a.html.gz", "a"];

fuzz_target!(|input: (u8, &[u8])| {
    let (form, bytes) = input;
    let name = NAMES[usize::from(form) % NAMES.len()];
    let bytes = match form / 6 % 4 {
        0 => bytes.to_vec(),
        1 => record(&[b"HTTP/1.1 200 OK\r\n", bytes].concat(), 0),
        2 => {
            let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";
            record(&[&head[..], bytes].concat(), 0)
        }
        // A length that is wrong, in the midst of a file.
        _ => [record(b"x", 0), record(bytes, i64::from(form) - 128), record(b"HTTP/1.1 200 OK\r\n\r\n<p>x", 0)].concat(),
    };
    let (n_input, mut n_pages) = (bytes.len(), 0);
    for event in onrecord_fetch::archive(Box::new(Cursor::new(bytes)), name) {
        if let Event::Page(page) = event {
            assert!(page.bytes.len() <= MAX_BYTES && !page.id.is_empty());
            n_pages += 1;
        }
    }
    assert!(n_pages <= n_input);
});

fn record(block: &[u8], wrong_by: i64) -> Vec<u8> {
    let length = (block.len() as i64 + wrong_by).max(0);
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Target-URI: https://ledger.example/\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}
