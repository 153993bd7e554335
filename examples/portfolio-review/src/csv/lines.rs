//! Physical lines with their numbers, of bounded length, and their text.

use std::{
    borrow::Cow,
    io::{self, BufRead},
};

use super::MAX_ROW_BYTES;
use crate::mapping::Encoding;

/// A physical line without its line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: u64,
    /// The bytes; cut at [`MAX_ROW_BYTES`] when `too_long`.
    pub bytes: Vec<u8>,
    /// More bytes stood in the file and were skipped.
    pub too_long: bool,
}

/// Reads physical lines. `\n` and `\r\n` end a line; neither byte can be part of a character of UTF-8 or GB18030.
pub struct Lines<R> {
    from: R,
    number: u64,
    bytes_read: u64,
}

impl<R: BufRead> Lines<R> {
    /// From the start of a file.
    pub fn new(from: R) -> Self {
        Self { from, number: 0, bytes_read: 0 }
    }

    /// How far the file has been read.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The next line; `None` at the end of the file.
    ///
    /// # Errors
    /// What the file system says.
    pub fn next_line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Line { number: self.number + 1, bytes: Vec::new(), too_long: false };
        let mut any = false;
        loop {
            let available = match self.from.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            any = true;
            let end = available.iter().position(|byte| *byte == b'\n');
            let piece = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
            let room = MAX_ROW_BYTES.saturating_sub(line.bytes.len());
            if piece.len() > room {
                line.too_long = true;
            }
            line.bytes.extend_from_slice(piece.get(..room.min(piece.len())).unwrap_or_default());
            let used = end.map_or(available.len(), |end| end + 1);
            self.from.consume(used);
            self.bytes_read += used as u64;
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        if line.bytes.last() == Some(&b'\r') && !line.too_long {
            line.bytes.pop();
        }
        Ok(Some(line))
    }
}

/// The text of a line; with `false` when some bytes are not of the encoding (they stand as U+FFFD).
#[must_use]
pub fn decode(bytes: &[u8], encoding: Encoding) -> (Cow<'_, str>, bool) {
    match encoding {
        Encoding::Utf8 => match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), true),
            Err(_) => (String::from_utf8_lossy(bytes), false),
        },
        Encoding::Gb18030 => {
            let (text, faulty) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
            (text, !faulty)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Line> {
        let mut lines = Lines::new(bytes);
        std::iter::from_fn(|| lines.next_line().unwrap()).collect()
    }

    #[test]
    fn ends_lines_as_files_do() {
        let lines = all(b"a;b\r\n\nc");
        let texts: Vec<&[u8]> = lines.iter().map(|line| line.bytes.as_slice()).collect();
        assert_eq!(texts, [b"a;b".as_slice(), b"", b"c"]);
        assert_eq!(lines.last().unwrap().number, 3);
        assert!(all(b"").is_empty());
    }

    #[test]
    fn holds_no_more_of_a_line_than_the_limit() {
        let mut file = vec![b'x'; 5 * MAX_ROW_BYTES];
        file.extend_from_slice(b"\nnext\n");
        let lines = all(&file);
        assert_eq!(lines.len(), 2);
        assert!(lines.first().unwrap().too_long);
        assert_eq!(lines.first().unwrap().bytes.len(), MAX_ROW_BYTES);
        assert_eq!(lines.last().unwrap().bytes, b"next");
    }

    #[test]
    fn knows_bytes_of_another_encoding() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("车险");
        assert_eq!(decode(&gbk, Encoding::Gb18030), (Cow::Borrowed("车险"), true));
        assert!(!decode(&gbk, Encoding::Utf8).1);
        assert!(!decode(b"\xff\xff", Encoding::Gb18030).1);
    }
}
