//! What is an attribution before it is told? A cue with its parts, as ranges of items.

use crate::find::seen::Item;
use std::ops::Range;

/// A cue with its parts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    /// Empty where words in marks stand alone.
    pub(crate) cue: Range<usize>,
    pub(crate) source: Option<Range<usize>>,
    pub(crate) content: Vec<Range<usize>>,
    /// Probability that it is an attribution.
    pub(crate) probability: f32,
}

impl Draft {
    /// Everything it is made of.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.source.iter().cloned().chain([self.cue.clone()]).chain(self.content.iter().cloned())
    }
}

/// What stands around a cue.
#[derive(Debug)]
pub(crate) struct Around<'i> {
    pub(crate) items: &'i [Item],
    pub(crate) unit: Range<usize>,
    /// The item of the cue that carries its meaning.
    pub(crate) head: usize,
}
