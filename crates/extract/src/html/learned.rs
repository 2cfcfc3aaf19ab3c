//! What of the reading of pages was learned, and from which data?
//!
//! The filter of blocks (`filter`, `data/filter.bin`) and the weights of dates (`moments`, `data/dates.tsv`), both made by
//! `training/extract`. Evaluation reads each page by what was learned without its site.
#![allow(unreachable_pub, reason = "public behind the feature `train`")]

use super::filter::Filter;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// All that was learned.
#[derive(Debug, Default)]
pub struct Learned {
    /// Which blocks are the report.
    pub(crate) filter: Filter,
    /// What each voice that gives a date weighs, and each trait of a day.
    pub(crate) dates: BTreeMap<String, f32>,
}

static SHIPPED: LazyLock<Learned> = LazyLock::new(|| {
    let dates = include_str!("../../data/dates.tsv");
    Learned::read(include_bytes!("../../data/filter.bin"), dates).unwrap_or_default()
});

/// What is part of the program.
pub(crate) fn shipped() -> &'static Learned {
    &SHIPPED
}

static WITHOUT_FILTER: LazyLock<Learned> =
    LazyLock::new(|| Learned { filter: Filter::default(), dates: SHIPPED.dates.clone() });

/// What is part of the program, but for the filter: for text that comes without the page around it.
pub(crate) fn without_filter() -> &'static Learned {
    &WITHOUT_FILTER
}

impl Learned {
    /// Reads a filter and a table of weights; `None` if the filter is none.
    pub fn read(filter: &[u8], dates: &str) -> Option<Learned> {
        let dates = crate::table::rows(dates)
            .filter_map(|row| Some(((*row.first()?).to_owned(), row.get(1)?.parse().ok()?)))
            .collect();
        Some(Learned { filter: Filter::read(filter)?, dates })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_read_whole() {
        let table = include_str!("../../data/dates.tsv");
        let rows: Vec<_> = crate::table::rows(table).collect();
        assert!(rows.iter().all(|row| row.len() == 3 && row[1].parse::<f32>().is_ok()), "{rows:?}");
        assert_eq!(rows.len(), shipped().dates.len());
        assert!(Filter::read(include_bytes!("../../data/filter.bin")).is_some());
    }
}
