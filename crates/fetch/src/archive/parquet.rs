//! A Parquet file: which columns are articles, and the page of each row.
//!
//! Columns are chosen by the names that data sets give them. One row group is open at a time, and of each column as
//! much as its pages hold.

use super::at::At;
use super::stream::Part;
use super::{Item, Named, Walk};
use crate::{MAX_BYTES, Skipped, json, list};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_typed_column_reader};
use parquet::data_type::{ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::fs::File;

/// What a column may hold, as the key of a JSON line, with the names for it, the first that is there taken; those of
/// common data sets: CC-News, FineWeb, C4, MediaCloud, GDELT, newspapers' own exports.
const COLUMNS: &[(&str, &[&str])] = &[
    ("html", &["html", "raw_html", "page_html", "html_content", "body_html", "warc_content"]),
    ("text", &["text", "plain_text", "content", "maintext", "article_text", "full_text", "body", "article"]),
    ("id", &["id", "doc_id", "docid", "uuid", "record_id", "warc_record_id"]),
    (
        "url",
        &[
            "url",
            "requested_url",
            "responded_url",
            "canonical_url",
            "link",
            "uri",
            "target_uri",
            "source_url",
        ],
    ),
    ("title", &["title", "headline"]),
    ("outlet", &["outlet", "publisher", "source", "domain", "sitename", "site_name", "media_name"]),
    (
        "date",
        &[
            "date",
            "published",
            "published_date",
            "publish_date",
            "publishing_date",
            "date_publish",
            "pub_date",
            "timestamp",
        ],
    ),
    ("byline", &["byline", "author", "authors"]),
    ("language", &["language", "lang"]),
];

/// Rows that are read at a time: pages are large, and all columns wait for each other.
const ROWS: usize = 8;

/// A column that is read.
struct Column {
    key: &'static str,
    name: String,
    idx: usize,
    date: Date,
    max_def: i16,
    reader: Option<Typed>,
}

/// A reader by the type of the column.
enum Typed {
    Bytes(ColumnReaderImpl<ByteArrayType>),
    Int32(ColumnReaderImpl<Int32Type>),
    Int64(ColumnReaderImpl<Int64Type>),
}

/// How a number is a date.
#[derive(Clone, Copy)]
enum Date {
    No,
    Days,
    /// So many to a second.
    Seconds(i64),
}

/// The rows of one Parquet file.
pub(super) struct Parquet {
    file: SerializedFileReader<File>,
    named: Named,
    columns: Vec<Column>,
    group: usize,
    left_in_group: usize,
    /// Rows that were read.
    row: u64,
    /// Rows that were given.
    n: u64,
    pending: VecDeque<(u64, Vec<Item>)>,
    items: VecDeque<Item>,
    ended: bool,
    len: u64,
}

impl Parquet {
    /// The rows of a file, from `at` on.
    pub(super) fn open(part: &Part, named: Named, at: &At) -> Result<Parquet, Skipped> {
        let fail = |why: String| Skipped::new(named.origin.clone(), why);
        let file = File::open(&part.path).map_err(|error| fail(list::reason(&error)))?;
        let file = SerializedFileReader::new(file).map_err(|error| {
            fail(format!("its directory cannot be read ({}); it may be cut", one_line(&error)))
        })?;
        let schema = file.metadata().file_metadata().schema_descr_ptr();
        let all: Vec<_> = (0..schema.num_columns()).map(|idx| schema.column(idx)).collect();
        let columns: Vec<Column> =
            COLUMNS.iter().filter_map(|(key, names)| choose(&all, key, names)).collect();
        if !columns.iter().any(|column| matches!(column.key, "html" | "text")) {
            let names: Vec<String> = all.iter().map(|column| column.path().string()).take(20).collect();
            return Err(fail(format!(
                "no column of text by a name that is known (html, text, content, …); it has {}",
                names.join(", ")
            )));
        }
        let mut parquet = Parquet {
            file,
            named,
            columns,
            group: 0,
            left_in_group: 0,
            row: 0,
            n: at.n,
            pending: VecDeque::new(),
            items: VecDeque::new(),
            ended: false,
            len: part.len,
        };
        parquet.skip_groups(at.n);
        Ok(parquet)
    }

    /// Passes over the row groups that lie before a row.
    fn skip_groups(&mut self, n: u64) {
        let metadata = self.file.metadata();
        while self.group < metadata.num_row_groups() {
            let rows = u64::try_from(metadata.row_group(self.group).num_rows()).unwrap_or_default();
            if self.row.saturating_add(rows) > n {
                break;
            }
            self.row += rows;
            self.group += 1;
        }
    }

    /// Reads the next rows. False at the end.
    fn more(&mut self) -> Result<bool, String> {
        while self.left_in_group == 0 {
            if self.group >= self.file.num_row_groups() {
                return Ok(false);
            }
            let group = self.file.get_row_group(self.group).map_err(|error| one_line(&error))?;
            self.left_in_group = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
            for column in &mut self.columns {
                let reader = group.get_column_reader(column.idx).map_err(|error| one_line(&error))?;
                column.reader = match reader {
                    reader @ ColumnReader::ByteArrayColumnReader(_) => {
                        Some(Typed::Bytes(get_typed_column_reader(reader)))
                    }
                    reader @ ColumnReader::Int32ColumnReader(_) => {
                        Some(Typed::Int32(get_typed_column_reader(reader)))
                    }
                    reader @ ColumnReader::Int64ColumnReader(_) => {
                        Some(Typed::Int64(get_typed_column_reader(reader)))
                    }
                    _ => None,
                };
            }
            self.group += 1;
        }
        let n = ROWS.min(self.left_in_group);
        let mut rows: Vec<Map<String, Value>> = vec![Map::new(); n];
        for column in &mut self.columns {
            let values = column.read(n).map_err(|why| format!("column {}: {why}", column.name))?;
            for (row, value) in rows.iter_mut().zip(values) {
                if let Some(value) = value {
                    row.insert(column.key.to_owned(), value);
                }
            }
        }
        self.left_in_group -= n;
        for row in rows {
            self.row += 1;
            let (n, origin, id) = (self.row, &self.named.origin, &self.named.id);
            let items = page(row, format!("{origin}: row {n}"), format!("{id}:{n}"));
            if n > self.n {
                self.pending.push_back((n, items));
            }
        }
        Ok(true)
    }
}

/// The page of a row.
fn page(row: Map<String, Value>, origin: String, id: String) -> Vec<Item> {
    let skip = |why: String| Item::Skipped(Skipped::new(origin.clone(), why));
    if row.values().filter_map(Value::as_str).any(|words| words.len() > MAX_BYTES) {
        return vec![skip("over 64 MB".to_owned())];
    }
    match json::page(Value::Object(row), &origin, &id) {
        Ok((page, odd)) => odd.into_iter().map(skip).chain([Item::Page(page)]).collect(),
        Err(_) => vec![Item::Passed("row without text".to_owned())],
    }
}

impl Column {
    /// The values of the next `n` rows.
    fn read(&mut self, n: usize) -> Result<Vec<Option<Value>>, String> {
        let (date, max_def) = (self.date, self.max_def);
        match &mut self.reader {
            Some(Typed::Bytes(reader)) => rows(reader, n, max_def, |bytes| {
                Some(String::from_utf8_lossy(bytes.data()).into_owned().into())
            }),
            Some(Typed::Int32(reader)) => rows(reader, n, max_def, |number| value(i64::from(*number), date)),
            Some(Typed::Int64(reader)) => rows(reader, n, max_def, |number| value(*number, date)),
            None => Ok(vec![None; n]),
        }
    }
}

/// The values of the next `n` rows of a column that has one value a row, or none.
fn rows<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    n: usize,
    max_def: i16,
    value: impl Fn(&T::T) -> Option<Value>,
) -> Result<Vec<Option<Value>>, String> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let mut n_read = 0;
    while n_read < n {
        let (n_records, ..) = reader
            .read_records(n - n_read, Some(&mut levels), None, &mut values)
            .map_err(|e| one_line(&e))?;
        if n_records == 0 {
            return Err("fewer values than rows".to_owned());
        }
        n_read += n_records;
    }
    let mut values = values.iter();
    let row = |level: Option<&i16>| match level {
        Some(level) if *level < max_def => None,
        _ => values.next().and_then(&value),
    };
    // Where every row must have a value there are no levels.
    Ok(match max_def {
        0 => (0..n).map(|_| None).map(row).collect(),
        _ => levels.iter().map(Some).map(row).collect(),
    })
}

/// A number as a value: a date where it is one.
fn value(number: i64, date: Date) -> Option<Value> {
    match date {
        Date::No => Some(number.into()),
        Date::Days => Some(day(number).into()),
        Date::Seconds(to_a_second) => {
            let seconds = number.div_euclid(to_a_second);
            let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
            let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
            Some(format!("{}T{time}Z", day(days)).into())
        }
    }
}

/// The day that is so many days after 1 January 1970 in the Gregorian calendar, by the method of Hinnant's
/// `civil_from_days`.
fn day(days: i64) -> String {
    let days = days.clamp(-700_000, 2_900_000) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{:02}", of_year - (153 * shifted + 2) / 5 + 1)
}

/// The column for a key: the first of the names that a column bears which holds one value a row.
fn choose(all: &[std::sync::Arc<ColumnDescriptor>], key: &'static str, names: &[&str]) -> Option<Column> {
    let is_text = |column: &ColumnDescriptor| column.physical_type() == parquet::basic::Type::BYTE_ARRAY;
    let is_number = |column: &ColumnDescriptor| {
        matches!(column.physical_type(), parquet::basic::Type::INT32 | parquet::basic::Type::INT64)
    };
    names.iter().find_map(|name| {
        let fits = |column: &&std::sync::Arc<ColumnDescriptor>| {
            column.max_rep_level() == 0
                && column.path().string().eq_ignore_ascii_case(name)
                && (is_text(column)
                    || key == "id" && is_number(column)
                    || key == "date" && is_number(column) && !matches!(date(column), Date::No))
        };
        let idx = all.iter().position(|column| fits(&column))?;
        let column = &all[idx];
        let (max_def, date) = (column.max_def_level(), date(column));
        Some(Column { key, name: (*name).to_owned(), idx, date, max_def, reader: None })
    })
}

/// How a column's numbers are dates.
fn date(column: &ColumnDescriptor) -> Date {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Date), _) | (_, ConvertedType::DATE) => Date::Days,
        (Some(LogicalType::Timestamp(moment)), _) => Date::Seconds(match moment.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        }),
        (_, ConvertedType::TIMESTAMP_MILLIS) => Date::Seconds(1_000),
        (_, ConvertedType::TIMESTAMP_MICROS) => Date::Seconds(1_000_000),
        _ => Date::No,
    }
}

fn one_line(error: &parquet::errors::ParquetError) -> String {
    error.to_string().to_lowercase().lines().collect::<Vec<_>>().join(" ")
}

impl Walk for Parquet {
    fn step(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Some(item);
            }
            if let Some((n, items)) = self.pending.pop_front() {
                self.n = n;
                self.items.extend(items);
                continue;
            }
            if self.ended {
                return None;
            }
            match self.more() {
                Ok(true) => {}
                Ok(false) => self.ended = true,
                Err(why) => {
                    self.ended = true;
                    let why = format!("breaks off after row {}: {why}; read up to there", self.row);
                    return Some(Item::Skipped(Skipped::new(self.named.origin.clone(), why)));
                }
            }
        }
    }

    fn at(&self) -> At {
        // A row that gave a warning first is given again.
        At { n: self.n.saturating_sub(u64::from(!self.items.is_empty())), ..At::default() }
    }

    fn n_raw(&self) -> u64 {
        let rows = u64::try_from(self.file.metadata().file_metadata().num_rows()).unwrap_or_default().max(1);
        (u128::from(self.len) * u128::from(self.n.min(rows)) / u128::from(rows)) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (days, expected) in
            [(0, "1970-01-01"), (-1, "1969-12-31"), (22_342, "2031-03-04"), (11_016, "2000-02-29")]
        {
            assert_eq!(day(days), expected);
        }
        assert_eq!(
            value(22_342 * 86_400_000 + 3_661_000, Date::Seconds(1_000)),
            Some("2031-03-04T01:01:01Z".into())
        );
    }

    #[test]
    fn each_name_of_a_column_is_there_once() {
        let mut names: Vec<&str> = COLUMNS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
    }
}
