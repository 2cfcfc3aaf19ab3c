//! Archives made of a few words, and a reading of them as short lines.

use onrecord_fetch::{Event, Mark};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use tempfile::TempDir;

/// A page with a name of its own.
pub(crate) fn page(name: &str) -> String {
    format!("<!doctype html><title>{name}</title><p>The mayor of Norvik opened the {name} bridge.</p>")
}

/// A WARC record with these headers and this block; its length is added.
pub(crate) fn record(kind: &str, n: u32, headers: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:x:{n}>\r\nWARC-Date: 2031-03-04T10:00:{:02}Z\r\n{headers}Content-Length: {}\r\n\r\n",
        n % 60,
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response record of an address.
pub(crate) fn response(n: u32, url: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let http = [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat();
    let warc = format!("WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n");
    record("response", n, &warc, &http)
}

/// A response record of an HTML page, numbered.
pub(crate) fn html(n: u32) -> Vec<u8> {
    let url = format!("https://ledger.example/{n}");
    response(n, &url, "Content-Type: text/html\r\n", page(&format!("no. {n}")).as_bytes())
}

/// Gzipped as one member.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A tar file of these members.
pub(crate) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A zip file of these members, each stored or deflated.
pub(crate) fn zip(members: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes, deflated) in members {
        let packed = match deflated {
            false => bytes.to_vec(),
            true => {
                let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
                encoder.write_all(bytes).unwrap();
                encoder.finish().unwrap()
            }
        };
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let start = file.len() as u32;
        let mut common = Vec::new();
        for number in [20, 0, if *deflated { 8 } else { 0 }, 0, 0x5a21_u16] {
            common.extend(number.to_le_bytes());
        }
        for number in [crc.sum(), packed.len() as u32, bytes.len() as u32] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(name.as_bytes());
        file.extend(packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(common);
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, n) = (file.len() as u32, members.len() as u16);
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([n.to_le_bytes(), n.to_le_bytes()].concat());
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0, 0]);
    file
}

/// A folder with one file.
pub(crate) fn folder(name: &str, bytes: &[u8]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

/// Everything that is come upon at a path.
pub(crate) fn events(path: &Path, marks: &[Mark]) -> Vec<Event> {
    let marks: BTreeMap<String, Mark> = marks.iter().map(|mark| (mark.place.clone(), mark.clone())).collect();
    onrecord_fetch::read(&[path.to_string_lossy().into_owned()], marks).collect()
}

/// What a file gives, a short line each: pages as "id | title", with "cut" where bytes are missing; what was skipped as
/// "! where: why", what was passed over as "- n what".
pub(crate) fn lines(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = folder(name, bytes);
    let bare = format!("{}/", folder.path().to_string_lossy());
    let events = events(&folder.path().join(name), &[]);
    events.iter().filter_map(line).map(|line| line.replace(&bare, "")).collect()
}

/// An event as a short line.
pub(crate) fn line(event: &Event) -> Option<String> {
    match event {
        Event::Page(page) => {
            let text = String::from_utf8_lossy(&page.bytes).into_owned();
            let title = text.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
            let title = title.unwrap_or(&text).chars().take(40).collect::<String>();
            Some(format!("{} | {title}{}", page.id, if page.given.cut { " cut" } else { "" }))
        }
        Event::Skipped(skipped) => Some(format!("! {}: {}", skipped.origin, skipped.why)),
        Event::PassedOver { what, n } => Some(format!("- {n} {what}")),
        Event::Known { n_pages, done, .. } => Some(format!("= {n_pages} {done}")),
        Event::Mark(_) | Event::Bytes(_) | Event::Visit(_) => None,
    }
}

/// Reads a file and compares the lines.
pub(crate) fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    assert_eq!(lines(name, bytes), expected, "{name}");
}
