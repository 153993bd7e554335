//! A file of a book whose header fits the mapping.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Read as _},
    path::Path,
};

use crate::{
    csv::{Row, Rows, decode},
    finding::{Code, Finding},
    mapping::{Encoding, Written},
    record::missing_columns,
    stop::{Outcome, not_read, stop},
};

/// Longest header that is tried under other settings.
const HEADER_BYTES: u64 = 64 * 1024;

/// A file whose header fits the written.
pub struct OpenFile {
    /// Its name in the mapping file.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its first row.
    pub header: Row,
    /// The rows behind it.
    pub rows: Rows<BufReader<File>>,
}

impl OpenFile {
    /// Opens a file of the book and checks that its header has these columns.
    ///
    /// # Errors
    /// Why the file can't be read, or what its header lacks.
    pub fn open(book: &Path, written: &Written, name: &str, columns: &[&str]) -> Outcome<Self> {
        let path = book.join(name);
        let file = File::open(&path).map_err(not_read(name))?;
        let size = file.metadata().map_err(not_read(name))?;
        if size.is_dir() {
            return Err(not_read(name)(io::ErrorKind::IsADirectory.into()));
        }
        let mut from = BufReader::with_capacity(1 << 16, file);
        let start = from.fill_buf().map_err(not_read(name))?;
        if matches!(start, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
            return Err(stop(Some(name), Finding::new(Code::BookUtf16)));
        }
        let mut rows = Rows::new(from, written.separator, written.encoding);
        let header = match rows.next_row().map_err(not_read(name))? {
            None => return Err(stop(Some(name), Finding::new(Code::BookEmpty))),
            Some(Err(finding)) => return Err(stop(Some(name), finding)),
            Some(Ok(row)) => row.clone(),
        };
        let (missing, twice) = missing_columns(columns, &header);
        if !missing.is_empty() {
            let finding = match fitting(&path, written, columns).map_err(not_read(name))? {
                Some((en, zh)) => Finding::new(Code::BookHeaderOther).with_words("hint", en, zh),
                None => Finding::new(Code::BookColumnMissing),
            };
            return Err(stop(Some(name), finding.with("columns", missing.join(", ")).on_line(header.line)));
        }
        if !twice.is_empty() {
            let finding = Finding::new(Code::BookColumnTwice).with("columns", twice.join(", ")).on_line(header.line);
            return Err(stop(Some(name), finding));
        }
        rows.expect_columns(header.len());
        Ok(Self { name: name.to_owned(), bytes: size.len(), header, rows })
    }
}

/// The separator and encoding under which the file's header has every wanted column, in words.
fn fitting(path: &Path, written: &Written, columns: &[&str]) -> io::Result<Option<(String, String)>> {
    let mut start = Vec::new();
    File::open(path)?.take(HEADER_BYTES).read_to_end(&mut start)?;
    let line = start.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    for encoding in [written.encoding].into_iter().chain(Encoding::ALL) {
        let (text, clean) = decode(line, encoding);
        if !clean {
            continue;
        }
        let text: &str = &text;
        for (separator, shown) in [(',', "\",\""), (';', "\";\""), ('\t', "\"\\t\""), ('|', "\"|\"")] {
            let mut rows = Rows::new(text.as_bytes(), separator, Encoding::Utf8);
            let Some(Ok(header)) = rows.next_row()? else { continue };
            if !missing_columns(columns, header).0.is_empty() {
                continue;
            }
            let mut settings = Vec::new();
            if separator != written.separator {
                settings.push(format!("separator = {shown}"));
            }
            if encoding != written.encoding {
                settings.push(format!("encoding = \"{}\"", encoding.name()));
            }
            return Ok(Some((settings.join(" and "), settings.join(" 且 "))));
        }
    }
    Ok(None)
}
