//! Any bytes as a list of articles: no panic, no more than was asked for, and lists that survive being written as OPML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_fetch::feed;

const BASES: [Option<&str>; 3] = [None, Some("https://ledger.example/news/rss"), Some("no address")];
const CHARSETS: [Option<&str>; 4] = [None, Some("utf-8"), Some("windows-1252"), Some("utf-16le")];

fuzz_target!(|input: (u8, &[u8])| {
    let (how, bytes) = input;
    let (base, charset) = (BASES[usize::from(how) % 3], CHARSETS[usize::from(how / 3) % 4]);
    let Ok(listing) = feed::parse(bytes, base, charset) else { return };
    assert!(listing.entries.len() + listing.lists.len() <= bytes.len());
    for limit in [0, 3, usize::MAX] {
        let (newest, n_left) = listing.newest(limit, "fuzz");
        assert!(newest.len() <= limit && newest.len() + n_left <= listing.entries.len());
        // A text is a part of the list, plus what marks its paragraphs.
        assert!(newest.iter().flat_map(|(_, page)| page).all(|page| page.bytes.len() <= 40 * bytes.len() + 100));
    }
    if !listing.lists.is_empty() {
        let written = feed::write_opml("fuzz", &listing.lists);
        let again = feed::parse(written.as_bytes(), base, None).expect("what is written can be read");
        assert!(again.lists.len() <= listing.lists.len());
    }
});
