//! An HTTP response as an archive holds it: what did the server say, and what is the body without its wrappings?
//!
//! Archives hold responses as they came (chunked, compressed), or unwrapped with the headers left as they were; some
//! are cut. What can be unwrapped is, up to the first break, and the break is told.

use crate::MAX_BYTES;
use std::io::Read;

/// A response, its body unwrapped.
#[derive(Debug, Default)]
pub(crate) struct Response {
    /// The status; none where the block is no HTTP response.
    pub(crate) status: Option<u16>,
    /// Names in lower case, with their values, in order.
    pub(crate) headers: Vec<(String, String)>,
    /// The body without transfer and content encodings.
    pub(crate) body: Vec<u8>,
    /// Why the body is not whole.
    pub(crate) broken: Option<String>,
}

impl Response {
    /// The value of a header; the first, where there are many.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a block of bytes as an HTTP response.
pub(crate) fn response(mut block: Vec<u8>) -> Response {
    if !block.starts_with(b"HTTP/") {
        return Response { body: block, ..Response::default() };
    }
    let head_len = head_len(&block);
    let mut lines = block[..head_len].split(|b| *b == b'\n');
    let status_line = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let status = status_line.split_ascii_whitespace().nth(1).and_then(|word| word.parse().ok());
    let mut response = Response { status, headers: headers(lines), ..Response::default() };
    block.drain(..head_len);
    response.body = block;
    if response.tokens("transfer-encoding").iter().any(|token| token == "chunked") {
        let (body, broken) = unchunked(std::mem::take(&mut response.body));
        (response.body, response.broken) = (body, broken);
    }
    for coding in response.tokens("content-encoding").iter().rev() {
        let (body, broken) = decoded(std::mem::take(&mut response.body), coding);
        response.body = body;
        response.broken = broken.or(response.broken);
    }
    response
}

impl Response {
    /// The words of a header that is a list, in lower case.
    fn tokens(&self, name: &str) -> Vec<String> {
        let value = self.header(name).unwrap_or_default();
        value.split(',').map(|token| token.trim().to_ascii_lowercase()).filter(|t| !t.is_empty()).collect()
    }
}

/// The length of the head with the empty line that ends it; everything, where there is none.
fn head_len(block: &[u8]) -> usize {
    let mut from = 0;
    while let Some(n) = block[from..].iter().position(|b| *b == b'\n') {
        let line = &block[from..from + n];
        from += n + 1;
        if line.is_empty() || line == b"\r" {
            return from;
        }
    }
    block.len()
}

/// Header lines as names and values. A line that begins with a space goes on with the one before; a line without a
/// colon says nothing.
pub(crate) fn headers<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        let text = String::from_utf8_lossy(line);
        if text.starts_with([' ', '\t']) {
            if let (Some((_, value)), more) = (headers.last_mut(), text.trim())
                && !more.is_empty()
            {
                value.push(' ');
                value.push_str(more);
            }
        } else if let Some((name, value)) = text.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    headers
}

/// The body without its chunks, up to the first that is broken. A body whose first line is no chunk's size was
/// unwrapped before it was stored.
fn unchunked(chunked: Vec<u8>) -> (Vec<u8>, Option<String>) {
    let Some((first, _)) = chunk_head(&chunked) else { return (chunked, None) };
    let mut body = Vec::with_capacity(first.min(chunked.len()));
    let mut rest = &chunked[..];
    loop {
        // Between two chunks stands an empty line; some servers leave it out.
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return (body, Some("its last chunk is missing".to_owned()));
        }
        let Some((size, head)) = chunk_head(rest) else {
            let why = format!("after {} bytes a chunk has no size", body.len());
            return (body, Some(why));
        };
        rest = &rest[head..];
        if size == 0 {
            return (body, None);
        }
        if size > rest.len() {
            body.extend_from_slice(rest);
            let why = format!("a chunk of {size} bytes ends after {}", rest.len());
            return (body, Some(why));
        }
        body.extend_from_slice(&rest[..size]);
        rest = &rest[size..];
    }
}

/// The size that a chunk's first line gives, and the length of that line.
fn chunk_head(bytes: &[u8]) -> Option<(usize, usize)> {
    let line_len = bytes.iter().take(256).position(|b| *b == b'\n')? + 1;
    let line = std::str::from_utf8(&bytes[..line_len]).ok()?;
    let digits = line.split(';').next()?.trim();
    let is_hex = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    Some((usize::from_str_radix(digits, 16).ok().filter(|_| is_hex)?, line_len))
}

/// The body without one content encoding, up to the first break. A body that does not begin as its encoding says was
/// unwrapped before it was stored.
fn decoded(body: Vec<u8>, coding: &str) -> (Vec<u8>, Option<String>) {
    let bytes = &body[..];
    let read = match coding {
        "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => {
            up_to_the_break(flate2::read::MultiGzDecoder::new(bytes))
        }
        // RFC 9110 means zlib's form; some servers send bare deflate.
        "deflate" if bytes.first().is_some_and(|b| b & 0x0f == 8) && is_zlib(bytes) => {
            up_to_the_break(flate2::read::ZlibDecoder::new(bytes))
        }
        "deflate" => up_to_the_break(flate2::read::DeflateDecoder::new(bytes)),
        "br" => up_to_the_break(brotli_decompressor::Decompressor::new(bytes, 16 * 1024)),
        "zstd" if bytes.starts_with(b"\x28\xb5\x2f\xfd") => match zstd::stream::read::Decoder::new(bytes) {
            Ok(decoder) => up_to_the_break(decoder),
            Err(error) => (Vec::new(), Some(super::stream::broken(&error))),
        },
        _ => return (body, None),
    };
    match read {
        // Brotli and bare deflate have no signature: what does not begin to unpack, or reads as a page, was not packed.
        (unpacked, broken)
            if matches!(coding, "br" | "deflate")
                && (unpacked.is_empty() || broken.is_some() && body.trim_ascii_start().starts_with(b"<")) =>
        {
            (body, None)
        }
        read => read,
    }
}

/// Whether the first two bytes are a zlib header (RFC 1950: a multiple of 31).
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [a, b, ..] if (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0)
}

/// What can be read, at most one byte more than a page may have, and why it ended before its end.
pub(crate) fn up_to_the_break(mut reader: impl Read) -> (Vec<u8>, Option<String>) {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return (bytes, None),
            Ok(n) => bytes.extend_from_slice(&buffer[..n]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return (bytes, Some(super::stream::broken(&error))),
        }
        if bytes.len() > MAX_BYTES {
            bytes.truncate(MAX_BYTES + 1);
            return (bytes, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn check(block: &[u8], body: &str, broken: &str) {
        let read = response(block.to_vec());
        assert_eq!(String::from_utf8_lossy(&read.body), body);
        assert_eq!(read.broken.unwrap_or_default(), broken);
    }

    #[test]
    fn heads_are_read_however_they_are_written() {
        let read =
            response(b"HTTP/1.1 200\nContent-Type: text/html;\n charset=x\nodd line\nX:y\n\nbody".to_vec());
        assert_eq!((read.status, read.header("content-type")), (Some(200), Some("text/html; charset=x")));
        assert_eq!((read.header("x"), &read.body[..]), (Some("y"), &b"body"[..]));
        check(b"<p>no head</p>", "<p>no head</p>", "");
        check(b"HTTP/1.1 200 OK\r\nX: y", "", "");
        check(b"HTTP/1.1 200 OK\r\n\r\n", "", "");
    }

    #[test]
    fn chunks_are_joined_up_to_the_first_that_is_broken() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (chunks, body, broken) in [
            ("4\r\nWiki\r\n6;x=y\r\npedia \r\n0\r\n\r\n", "Wikipedia ", ""),
            ("4\nWiki\n0\n\n", "Wiki", ""),
            ("04  \r\nWiki0\r\n\r\n", "Wiki", ""),
            ("<p>not chunked</p>\n", "<p>not chunked</p>\n", ""),
            ("4\r\nWiki\r\n", "Wiki", "its last chunk is missing"),
            ("9\r\nWiki", "Wiki", "a chunk of 9 bytes ends after 4"),
            ("2\r\nWiki\r\n0\r\n\r\n", "Wi", "after 2 bytes a chunk has no size"),
            ("ffffffffffffffff\r\nWiki", "Wiki", "a chunk of 18446744073709551615 bytes ends after 4"),
        ] {
            check(format!("{head}{chunks}").as_bytes(), body, broken);
        }
    }

    #[test]
    fn content_encodings_are_taken_off_one_by_one() {
        let text = "Norvik opens its bridge. ".repeat(40);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(text.as_bytes()).unwrap();
        let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        bare.write_all(text.as_bytes()).unwrap();
        let zstd = zstd::encode_all(text.as_bytes(), 1).unwrap();
        let of = |coding: &str, body: &[u8]| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n");
            [head.as_bytes(), body].concat()
        };
        check(&of("gzip", &gzip), &text, "");
        check(&of("deflate", &zlib.finish().unwrap()), &text, "");
        check(&of("deflate", &bare.finish().unwrap()), &text, "");
        check(&of("identity", text.as_bytes()), &text, "");
        check(
            &of("zstd, gzip", &{
                let mut outer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                outer.write_all(&zstd).unwrap();
                outer.finish().unwrap()
            }),
            &text,
            "",
        );
        // "A brook." packed by hand as RFC 7932 has it: an uncompressed metablock.
        check(&of("br", b"\x0b\x03\x80brook: \x03"), "brook: ", "");
        for coding in ["gzip", "br", "zstd", "deflate"] {
            check(&of(coding, b"<p>unpacked before"), "<p>unpacked before", "");
        }
        let cut = response(of("gzip", &gzip[..gzip.len() - 9]));
        assert!(text.starts_with(&String::from_utf8(cut.body).unwrap()));
        assert_eq!(cut.broken.as_deref(), Some("its end is missing"));
    }
}
