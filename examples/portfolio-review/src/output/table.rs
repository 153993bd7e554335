//! `rejected.csv` and `warnings.csv`: file, line, column, code, path, sentence.

use std::io::{self, Write};

use crm_core::refusal::Lang;

use crate::finding::Finding;

/// The header.
const HEADER: &str = "file,line,column,code,path,sentence\n";

/// Writes findings as CSV: one line per row of the book, whatever number of faults it has.
pub struct FaultTable<W> {
    to: W,
    lang: Lang,
    line: String,
}

impl<W: Write> FaultTable<W> {
    /// Starts the table. In Chinese it begins with a byte order mark: without it, a spreadsheet on a Chinese system reads
    /// UTF-8 as GBK.
    ///
    /// # Errors
    /// What the file system says.
    pub fn new(mut to: W, lang: Lang) -> io::Result<Self> {
        if lang == Lang::Zh {
            to.write_all("\u{feff}".as_bytes())?;
        }
        to.write_all(HEADER.as_bytes())?;
        Ok(Self { to, lang, line: String::new() })
    }

    /// Adds one row. The first finding gives column, code and path; further ones follow in the sentence with their column.
    ///
    /// # Errors
    /// What the file system says.
    pub fn add(&mut self, file: &str, line: u64, findings: &[Finding]) -> io::Result<()> {
        let Some((first, more)) = findings.split_first() else { return Ok(()) };
        self.line.clear();
        push(&mut self.line, file);
        self.line.push(',');
        self.line.push_str(&line.to_string());
        self.line.push(',');
        push(&mut self.line, first.column.as_deref().unwrap_or_default());
        self.line.push(',');
        push(&mut self.line, first.code());
        self.line.push(',');
        push(&mut self.line, &first.path);
        self.line.push(',');
        let mut sentence = first.text(self.lang);
        for finding in more {
            let place = finding.column.as_deref().unwrap_or(&finding.path);
            let text = finding.text(self.lang);
            sentence.push_str(&match self.lang {
                Lang::En => format!(" Also in {place}: {text} [{}]", finding.code()),
                Lang::Zh => format!("另外，{place}：{text}[{}]", finding.code()),
            });
        }
        push(&mut self.line, &sentence);
        self.line.push('\n');
        self.to.write_all(self.line.as_bytes())
    }

    /// Writes what is still held.
    ///
    /// # Errors
    /// What the file system says.
    pub fn finish(mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// One value, in quotes where it needs them.
pub(super) fn push(line: &mut String, value: &str) {
    if value.contains([',', '"', '\n', '\r']) {
        line.push('"');
        line.push_str(&value.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(value);
    }
}
