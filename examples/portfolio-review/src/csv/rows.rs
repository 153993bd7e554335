//! Rows: the columns of one record, quotes resolved, in bounded memory.

use std::{
    collections::VecDeque,
    io::{self, BufRead},
};

use super::{Line, Lines, MAX_ROW_BYTES, decode};
use crate::{
    finding::{Code, Finding},
    mapping::Encoding,
};

/// The columns of one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line on which it starts, from 1.
    pub line: u64,
    text: String,
    ends: Vec<usize>,
    /// Some bytes were not of the encoding; they stand as U+FFFD.
    pub faulty_text: bool,
}

impl Row {
    /// How many columns it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no column.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A column, without the spaces around it.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start..end).map(|text| text.trim_matches([' ', '\u{3000}']))
    }

    /// Every column.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

/// Where the splitting of a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    /// Before the first character of a column.
    #[default]
    Start,
    /// In a column without quotes.
    Plain,
    /// Inside quotes.
    Quoted,
    /// After a quote inside quotes: the end of the text, or the first half of a doubled quote.
    Quote,
    /// In text after the closing quote.
    Stray,
}

/// Reads rows.
///
/// A quoted value may run over several lines. When such a row turns out faulty (never closed, or not the header's number
/// of columns) only its first line is rejected and the following lines are read again as rows of their own, so that one
/// stray quote cannot swallow its neighbours.
pub struct Rows<R> {
    lines: Lines<R>,
    waiting: VecDeque<Line>,
    separator: char,
    encoding: Encoding,
    columns: Option<usize>,
    row: Row,
    at: At,
    stray: bool,
}

impl<R: BufRead> Rows<R> {
    /// From the start of a file; the first row is the header.
    pub fn new(from: R, separator: char, encoding: Encoding) -> Self {
        Self {
            lines: Lines::new(from),
            waiting: VecDeque::new(),
            separator,
            encoding,
            columns: None,
            row: Row::default(),
            at: At::Start,
            stray: false,
        }
    }

    /// From here on a row must have this many columns.
    pub fn expect_columns(&mut self, columns: usize) {
        self.columns = Some(columns);
    }

    /// How far the file has been read.
    pub fn bytes_read(&self) -> u64 {
        self.lines.bytes_read()
    }

    /// The next row, or what is wrong with it; `None` at the end. Lines without any text are no rows.
    ///
    /// # Errors
    /// What the file system says.
    pub fn next_row(&mut self) -> io::Result<Option<Result<&Row, Finding>>> {
        let first = loop {
            match self.next_line()? {
                None => return Ok(None),
                Some(line) if !line.too_long && line.bytes.iter().all(|byte| matches!(byte, b' ' | b'\t')) => {}
                Some(line) => break line,
            }
        };
        let number = first.number;
        if first.too_long {
            return Ok(Some(Err(Finding::new(Code::CsvRowTooLong).with("limit", MAX_ROW_BYTES).on_line(number))));
        }
        self.row.line = number;
        self.row.text.clear();
        self.row.ends.clear();
        self.row.faulty_text = false;
        self.at = At::Start;
        self.stray = false;
        self.feed(&first);
        let over_lines = self.at == At::Quoted;
        if over_lines && let Some(finding) = self.feed_following(first.bytes.len(), number)? {
            return Ok(Some(Err(finding)));
        }
        self.row.ends.push(self.row.text.len());
        Ok(Some(match self.fault() {
            None => Ok(&self.row),
            Some(finding) => Err(finding.on_line(number)),
        }))
    }

    /// Goes on over the following lines until the quote closes. When that makes no good row, the lines are put back.
    fn feed_following(&mut self, mut length: usize, number: u64) -> io::Result<Option<Finding>> {
        let mut taken: Vec<Line> = Vec::new();
        while self.at == At::Quoted && length <= MAX_ROW_BYTES {
            let Some(line) = self.next_line()? else { break };
            length += 1 + line.bytes.len();
            self.row.text.push('\n');
            self.feed(&line);
            taken.push(line);
        }
        let closed = self.at != At::Quoted && length <= MAX_ROW_BYTES;
        let fits = !self.stray && self.columns.is_none_or(|columns| columns == self.row.ends.len() + 1);
        if closed && fits {
            return Ok(None);
        }
        for line in taken.into_iter().rev() {
            self.waiting.push_front(line);
        }
        Ok(Some(Finding::new(Code::CsvQuoteOpen).on_line(number)))
    }

    fn fault(&self) -> Option<Finding> {
        if self.stray {
            return Some(Finding::new(Code::CsvQuoteStray));
        }
        let expected = self.columns?;
        (expected != self.row.len())
            .then(|| Finding::new(Code::CsvColumns).with("expected", expected).with("found", self.row.len()))
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        match self.waiting.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next_line(),
        }
    }

    /// Splits one physical line, going on from where the last one ended.
    fn feed(&mut self, line: &Line) {
        let (text, clean) = decode(&line.bytes, self.encoding);
        self.row.faulty_text |= !clean;
        let text: &str = if line.number == 1 { text.strip_prefix('\u{feff}').unwrap_or(&text) } else { &text };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let taken = match self.at {
                At::Start if first == '"' => {
                    self.at = At::Quoted;
                    1
                }
                At::Start | At::Plain | At::Stray => self.feed_plain(rest),
                At::Quoted => {
                    let end = rest.find('"');
                    self.row.text.push_str(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
                    if end.is_some() {
                        self.at = At::Quote;
                    }
                    end.map_or(rest.len(), |end| end + 1)
                }
                At::Quote if first == '"' => {
                    self.row.text.push('"');
                    self.at = At::Quoted;
                    1
                }
                At::Quote if first == self.separator => self.end_column(),
                At::Quote => {
                    self.stray = true;
                    self.at = At::Stray;
                    0
                }
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
    }

    /// Takes the text up to the separator; gives the number of bytes taken.
    fn feed_plain(&mut self, rest: &str) -> usize {
        let end = rest.find(self.separator);
        self.row.text.push_str(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
        match end {
            Some(end) => end + self.end_column(),
            None => {
                self.at = At::Plain;
                rest.len()
            }
        }
    }

    fn end_column(&mut self) -> usize {
        self.row.ends.push(self.row.text.len());
        self.at = At::Start;
        self.separator.len_utf8()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    /// Each row as its columns joined by `|`, or its code, with its line.
    fn rows(text: &[u8], columns: Option<usize>) -> Vec<String> {
        let mut rows = Rows::new(text, ';', Encoding::Utf8);
        if let Some(columns) = columns {
            rows.expect_columns(columns);
        }
        let mut out = Vec::new();
        while let Some(row) = rows.next_row().unwrap() {
            out.push(match row {
                Ok(row) => format!("{} {}", row.line, row.iter().collect::<Vec<_>>().join("|")),
                Err(finding) => format!("{} {}", finding.line.unwrap(), finding.code()),
            });
        }
        out
    }

    #[test]
    fn splits_rows() {
        assert_eq!(rows(b"a;b;c\r\n1; 2 ;\n\n;;\n", None), ["1 a|b|c", "2 1|2|", "4 ||"]);
        assert_eq!(rows("\u{feff}a;b\n".as_bytes(), None), ["1 a|b"]);
    }

    #[test]
    fn resolves_quotes() {
        assert_eq!(rows(b"\"a;b\";\"say \"\"yes\"\"\";5\" pipe\n", None), ["1 a;b|say \"yes\"|5\" pipe"]);
        assert_eq!(rows(b"\"two\nlines\";b\nc;d\n", Some(2)), ["1 two\nlines|b", "3 c;d".replace(';', "|").as_str()]);
        assert_eq!(rows(b"\"\";\"x\"\n", Some(2)), ["1 |x"]);
        assert_eq!(rows(b"\"a\"b;c\n", Some(2)), ["1 csv.quote.stray"]);
    }

    #[test]
    fn an_open_quote_costs_one_row() {
        assert_eq!(rows(b"\"a;b\nc;d\ne;f\n", Some(2)), ["1 csv.quote.open", "2 c|d", "3 e|f"]);
        // Two rows with an open quote each look like one row over two lines; its columns give it away.
        let twice = rows(b"\"a;b\nc;d\n\"e;f\ng;h\n", Some(2));
        assert_eq!(twice, ["1 csv.quote.open", "2 c|d", "3 csv.quote.open", "4 g|h"]);
        // Not closed within the longest row: the lines in between are not lost.
        let mut long = b"\"open;1\n".to_vec();
        for _ in 0..20_000 {
            long.extend_from_slice(b"a;b\n");
        }
        let all = rows(&long, Some(2));
        assert_eq!(all.len(), 20_001);
        assert_eq!(all.iter().filter(|row| row.contains("csv.")).count(), 1);
    }

    #[test]
    fn counts_columns() {
        assert_eq!(rows(b"1;2\n1;2;3\n1\n", Some(2)), ["1 1|2", "2 csv.row.columns", "3 csv.row.columns"]);
    }

    #[test]
    fn a_row_without_end_is_one_rejected_row() {
        let mut file = vec![b';'; 3 * MAX_ROW_BYTES];
        file.extend_from_slice(b"\n1;2\n");
        assert_eq!(rows(&file, Some(2)), ["1 csv.row.too_long", "2 1|2"]);
    }
}
