//! JSON lines in an archive or compressed: the page of each line, and the place after it.

use super::at::At;
use super::member;
use super::stream::Stream;
use super::{Item, Named, Walk};
use crate::read::Lines;
use std::collections::VecDeque;

/// The lines of a file, one at a time.
pub(super) struct LineWalk {
    lines: Lines<Stream>,
    pending: VecDeque<Item>,
    at: At,
    is_inner: bool,
}

impl LineWalk {
    /// The lines from `at` on, where `stream` stands.
    pub(super) fn new(stream: Stream, at: &At, named: Named) -> LineWalk {
        LineWalk {
            lines: Lines::from(stream, named.origin, named.id, at.n),
            pending: VecDeque::new(),
            at: at.clone(),
            is_inner: named.is_inner,
        }
    }
}

impl Walk for LineWalk {
    fn step(&mut self) -> Option<Item> {
        if self.pending.is_empty() {
            let items = self.lines.next()?;
            self.pending.extend(items.into_iter().map(|line| member::item(line, self.is_inner)));
        }
        let item = self.pending.pop_front();
        if self.pending.is_empty() {
            self.at = self.lines.reader.at(self.lines.line_idx);
        }
        item
    }

    fn at(&self) -> At {
        self.at.clone()
    }

    fn n_raw(&self) -> u64 {
        self.lines.reader.n_raw()
    }
}
