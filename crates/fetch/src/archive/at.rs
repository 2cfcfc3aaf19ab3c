//! Where in an archive are we? Offsets from which reading can go on, as a word that a caller can keep.

use std::fmt;

/// A place between two records of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    /// The byte at which a compressed member begins; 0 where nothing is compressed.
    pub(crate) member: u64,
    /// Bytes after it, as they are when decompressed.
    pub(crate) within: u64,
    /// Records, lines, rows or entries before it.
    pub(crate) n: u64,
    /// The place within the archive that lies here, of an archive in an archive.
    pub(crate) inner: Option<Box<At>>,
}

impl At {
    /// The place that [`fmt::Display`] wrote; none if it is no such word.
    pub(crate) fn parse(word: &str) -> Option<At> {
        let (own, inner) = match word.split_once('/') {
            Some((own, inner)) => (own, Some(Box::new(At::parse(inner)?))),
            None => (word, None),
        };
        let mut numbers = own.split(':').map(|number| number.parse().ok());
        let at = At { member: numbers.next()??, within: numbers.next()??, n: numbers.next()??, inner };
        numbers.next().is_none().then_some(at)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.member, self.within, self.n)?;
        match &self.inner {
            Some(inner) => write!(f, "/{inner}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let inner = At { member: 7, within: 0, n: u64::MAX, inner: None };
        let at = At { member: 1, within: 2, n: 3, inner: Some(Box::new(inner)) };
        assert_eq!(at.to_string(), "1:2:3/7:0:18446744073709551615");
        assert_eq!(At::parse(&at.to_string()), Some(at));
        for broken in ["", "1", "1:2", "1:2:3:4", "1:2:x", "1:2:3/", "-1:0:0"] {
            assert_eq!(At::parse(broken), None, "{broken}");
        }
    }
}
