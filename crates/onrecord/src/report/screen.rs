//! How is text laid out on a terminal? Lines, wrapped passages and tables, in colour where that is wanted.
//!
//! Everything that comes from outside goes through [`clean`] here: no article can steer the terminal.

use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width, presets};
use unicode_width::UnicodeWidthChar as _;

/// A line under the heads and nothing else.
const LIST: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Widest text: longer lines are hard to read.
const WIDEST: usize = 110;

/// A column of a table that gets less than this cannot be read.
const NARROWEST: usize = 8;

/// What words are, for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// As they are.
    Plain,
    /// A title or a name.
    Strong,
    /// What may be passed over.
    Faint,
    /// Words ascribed to somebody.
    Words,
    /// Words that differ from another telling. Also set in ⟨ ⟩, because not everybody sees colour.
    Differs,
    /// Words that were searched for.
    Hit,
}

impl Ink {
    /// SGR codes ("ANSI colours"), which terminals map to their own palette.
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Words => "36",
            Ink::Differs => "33;4",
            Ink::Hit => "7",
        }
    }
}

/// A text under way.
pub(crate) struct Screen {
    text: String,
    width: usize,
    color: bool,
}

impl Screen {
    /// An empty text, as wide as the terminal if it is for one.
    pub(crate) fn new(terminal: bool) -> Screen {
        let set = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
        let own = || if terminal { Table::new().width().map(usize::from) } else { None };
        let width: Option<usize> = set.filter(|width| *width > 0).or_else(own);
        let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Screen { text: String::new(), width: width.unwrap_or(100).clamp(20, WIDEST), color }
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// An empty line, if the last one is not.
    pub(crate) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A title on a line of its own.
    pub(crate) fn title(&mut self, title: &str) {
        self.gap();
        self.flow(0, &[(Ink::Strong, title.to_owned())]);
    }

    /// Words on as many lines as they need, all after `indent` spaces.
    pub(crate) fn line(&mut self, indent: usize, words: &str) {
        self.flow(indent, &[(Ink::Plain, words.to_owned())]);
    }

    /// A label and its words, hanging.
    pub(crate) fn field(&mut self, label: &str, pieces: &[(Ink, String)]) {
        self.text.push_str("  ");
        self.put(Ink::Faint, &format!("{label:<9}"));
        // A label that fills its column still keeps a space.
        let over = (label.len() + 1).saturating_sub(9);
        self.text.push_str(&" ".repeat(over));
        self.lay(11 + over, 11, pieces);
    }

    /// Pieces one after another, wrapped at spaces.
    pub(crate) fn flow(&mut self, indent: usize, pieces: &[(Ink, String)]) {
        self.hang(indent, indent, pieces);
    }

    /// Pieces one after another; lines after the first one begin after `rest` spaces.
    pub(crate) fn hang(&mut self, indent: usize, rest: usize, pieces: &[(Ink, String)]) {
        self.text.push_str(&" ".repeat(indent));
        self.lay(indent, rest, pieces);
    }

    /// Pieces from the column on where the line stands.
    fn lay(&mut self, mut column: usize, rest: usize, pieces: &[(Ink, String)]) {
        let mut at_start = true;
        for word in words(pieces) {
            let space = usize::from(word.space && !at_start);
            if !at_start && word.space && column + space + word.width > self.width {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(rest));
                column = rest;
            } else if space == 1 {
                self.text.push(' ');
                column += 1;
            }
            for (ink, part) in &word.parts {
                self.put(*ink, part);
            }
            column += word.width;
            at_start = false;
        }
        self.text.push('\n');
    }

    /// The head of a line, to be followed by [`Screen::after`].
    pub(crate) fn text_line(&mut self, head: &str) {
        self.text.push_str(&clean_keeping_spaces(head));
    }

    /// Pieces after a head that takes `column` columns; lines after the first one begin below them.
    pub(crate) fn after(&mut self, column: usize, pieces: &[(Ink, String)]) {
        self.lay(column, column, pieces);
    }

    /// A table as wide as the terminal at most, without columns that are empty; where its columns would be too narrow
    /// to read, a record with one field a line for each row.
    pub(crate) fn table(&mut self, heads: &[String], rows: Vec<Vec<String>>) {
        let widest = |idx: usize| {
            let cells = rows.iter().filter_map(|row| row.get(idx)).chain(heads.get(idx));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let filled = |idx: &usize| rows.iter().any(|row| row.get(*idx).is_some_and(|cell| !cell.is_empty()));
        let shown: Vec<usize> = (0..heads.len()).filter(|idx| rows.is_empty() || filled(idx)).collect();
        let needed: usize = shown.iter().map(|idx| widest(*idx).min(NARROWEST) + 2).sum();
        let pick = |row: &[String]| -> Vec<String> {
            shown.iter().filter_map(|idx| row.get(*idx).cloned()).collect()
        };
        let heads = pick(heads);
        let rows: Vec<Vec<String>> = rows.iter().map(|row| pick(row)).collect();
        if needed <= self.width || rows.is_empty() {
            return self.lay_table(&heads, rows, LIST, None);
        }
        let label = heads.iter().map(|head| head.chars().count()).max().unwrap_or(0) + 1;
        for row in rows {
            self.gap();
            for (head, cell) in heads.iter().zip(&row).filter(|(_, cell)| !cell.is_empty()) {
                self.put(Ink::Faint, &format!("{head:<label$}"));
                self.lay(label, 2, &[(Ink::Plain, cell.clone())]);
            }
        }
    }

    /// A table with lines between its rows, whose first column is the one to read: the others get `narrow` each.
    pub(crate) fn grid(&mut self, heads: &[String], rows: Vec<Vec<String>>, narrow: usize) {
        let others = heads.len().saturating_sub(1);
        let first = self.width.saturating_sub(others * narrow).max(self.width / 3);
        self.lay_table(heads, rows, presets::UTF8_HORIZONTAL_ONLY, Some(first));
    }

    /// How many columns the text may take.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    fn lay_table(
        &mut self,
        heads: &[String],
        rows: Vec<Vec<String>>,
        style: TableStyle,
        first: Option<usize>,
    ) {
        let mut table = Table::new();
        table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
        table.force_no_tty().set_width(self.width as u16);
        table.set_header(heads.iter().map(|head| clean(head)));
        for row in rows {
            table.add_row(row.iter().map(|cell| clean(cell)));
        }
        if let (Some(width), Some(column)) = (first, table.column_mut(0)) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width as u16)));
        }
        for line in table.lines() {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn put(&mut self, ink: Ink, words: &str) {
        match self.color && !ink.code().is_empty() {
            true => self.text.push_str(&format!("\x1b[{}m{words}\x1b[0m", ink.code())),
            false => self.text.push_str(words),
        }
    }
}

/// A word that must not be broken: its parts in their inks, and whether a space comes before it.
#[derive(Default)]
struct Word {
    parts: Vec<(Ink, String)>,
    width: usize,
    space: bool,
}

/// Pieces as words; a word may run over several pieces.
fn words(pieces: &[(Ink, String)]) -> Vec<Word> {
    let mut done = Vec::new();
    let mut word = Word::default();
    let mut space = false;
    for (ink, text) in pieces {
        let mut part = String::new();
        for c in clean_keeping_spaces(text).chars() {
            if c.is_whitespace() && c != '\u{a0}' {
                close(&mut part, *ink, &mut word);
                if !word.parts.is_empty() {
                    done.push(std::mem::take(&mut word));
                }
                space = true;
                continue;
            }
            if word.parts.is_empty() && part.is_empty() {
                word.space = space;
                space = false;
            }
            word.width += c.width().unwrap_or(0);
            part.push(c);
        }
        close(&mut part, *ink, &mut word);
    }
    if !word.parts.is_empty() {
        done.push(word);
    }
    done
}

fn close(part: &mut String, ink: Ink, word: &mut Word) {
    if !part.is_empty() {
        word.parts.push((ink, std::mem::take(part)));
    }
}

/// Whether a character could steer a terminal or turn the direction of what follows.
pub(crate) fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Words on one line that cannot steer the terminal.
pub(crate) fn clean(words: &str) -> String {
    clean_keeping_spaces(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clean_keeping_spaces(words: &str) -> String {
    let clean = |c: char| match c {
        '\n' | '\t' | '\r' => ' ',
        c if steers(c) => '\u{fffd}',
        c => c,
    };
    words.chars().map(clean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(width: usize) -> Screen {
        Screen { text: String::new(), width, color: false }
    }

    #[test]
    fn words_wrap_by_their_width_on_the_screen() {
        let mut screen = screen(40);
        screen.flow(2, &[(Ink::Plain, "会議は終わった。".repeat(2) + " " + &"会議は終わった。".repeat(2))]);
        assert_eq!(screen.finish().lines().count(), 2);
    }

    #[test]
    fn a_word_may_run_over_pieces() {
        let mut screen = screen(40);
        screen.flow(
            0,
            &[
                (Ink::Plain, "“We".to_owned()),
                (Ink::Differs, " may".to_owned()),
                (Ink::Plain, "”.".to_owned()),
            ],
        );
        assert_eq!(screen.finish(), "“We may”.\n");
    }

    #[test]
    fn labels_keep_their_width() {
        let mut screen = screen(40);
        screen.field("WHO", &[(Ink::Plain, "Ana Ruiz".to_owned())]);
        assert_eq!(screen.finish(), "  WHO      Ana Ruiz\n");
    }

    #[test]
    fn nothing_from_outside_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\u{9b}1m\u{202e}c\r\nd"), "a\u{fffd}[2Jb\u{fffd}1m\u{fffd}c d");
    }
}
