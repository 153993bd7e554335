//! The form in which a file writes its dates: `DD/MM/YYYY`, `YYYY-M-D`, `YYYYMMDD`, `YYYY年M月D日`.

use std::fmt;

/// One piece of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Four digits.
    Year,
    /// Two digits, or one or two.
    Month { exact: bool },
    /// Two digits, or one or two.
    Day { exact: bool },
    /// This character.
    Mark(char),
}

/// A form of dates. `YYYY`, `MM`, `DD` are digits exactly; `M` and `D` are one or two digits; all else stands as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateForm {
    written: String,
    pieces: Vec<Piece>,
}

impl DateForm {
    /// `YYYY-MM-DD`.
    #[must_use]
    pub fn iso() -> Self {
        let pieces = vec![
            Piece::Year,
            Piece::Mark('-'),
            Piece::Month { exact: true },
            Piece::Mark('-'),
            Piece::Day { exact: true },
        ];
        Self { written: "YYYY-MM-DD".to_owned(), pieces }
    }

    /// Reads a form; `None` unless year, month and day stand in it once each and a one-digit form is followed by a mark.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (piece, length) = if rest.starts_with("YYYY") {
                (Piece::Year, 4)
            } else if rest.starts_with("MM") {
                (Piece::Month { exact: true }, 2)
            } else if first == 'M' {
                (Piece::Month { exact: false }, 1)
            } else if rest.starts_with("DD") {
                (Piece::Day { exact: true }, 2)
            } else if first == 'D' {
                (Piece::Day { exact: false }, 1)
            } else if first.is_ascii_alphanumeric() {
                return None;
            } else {
                (Piece::Mark(first), first.len_utf8())
            };
            pieces.push(piece);
            rest = rest.get(length..)?;
        }
        let count = |wanted: fn(&Piece) -> bool| pieces.iter().filter(|piece| wanted(piece)).count();
        let complete = count(|piece| matches!(piece, Piece::Year)) == 1
            && count(|piece| matches!(piece, Piece::Month { .. })) == 1
            && count(|piece| matches!(piece, Piece::Day { .. })) == 1;
        let open = |piece: &Piece| matches!(piece, Piece::Month { exact: false } | Piece::Day { exact: false });
        let clear = pieces.windows(2).all(|pair| match pair {
            [left, right] => !open(left) || matches!(right, Piece::Mark(_)),
            _ => true,
        });
        (complete && clear).then(|| Self { written: text.to_owned(), pieces })
    }

    /// Year, month and day as they are written; `None` when the text does not have the form.
    #[must_use]
    pub fn digits(&self, text: &str) -> Option<(i32, u32, u32)> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut rest = text;
        for piece in &self.pieces {
            match piece {
                Piece::Mark(mark) => rest = rest.strip_prefix(*mark)?,
                Piece::Year => year = take(&mut rest, 4, true)?,
                Piece::Month { exact } => month = take(&mut rest, 2, *exact)?,
                Piece::Day { exact } => day = take(&mut rest, 2, *exact)?,
            }
        }
        rest.is_empty().then_some((i32::try_from(year).ok()?, month, day))
    }
}

/// Takes up to `most` digits off the front (exactly `most` where `exact`).
fn take(rest: &mut &str, most: usize, exact: bool) -> Option<u32> {
    let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length == 0 || (exact && length < most) {
        return None;
    }
    let (digits, after) = rest.split_at_checked(length)?;
    *rest = after;
    digits.parse().ok()
}

impl fmt::Display for DateForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn reads_the_forms_that_files_have() {
        for (form, text) in [
            ("DD/MM/YYYY", "05/11/2015"),
            ("YYYY-MM-DD", "2015-11-05"),
            ("YYYYMMDD", "20151105"),
            ("YYYY/M/D", "2015/11/5"),
            ("YYYY年M月D日", "2015年11月5日"),
            ("D.M.YYYY", "5.11.2015"),
        ] {
            assert_eq!(DateForm::read(form).unwrap().digits(text), Some((2015, 11, 5)), "{form}");
        }
    }

    #[test]
    fn iso_is_what_it_says() {
        assert_eq!(DateForm::read("YYYY-MM-DD"), Some(DateForm::iso()));
    }

    #[test]
    fn refuses_forms_that_leave_a_doubt() {
        for form in ["", "YYYY-MM", "DD/MM/YY", "YYYYMD", "YYYY-MM-DD-DD", "YYYY-MM-DD HH:mm", "DD/MM/YYYYT"] {
            assert_eq!(DateForm::read(form), None, "{form}");
        }
    }

    #[test]
    fn refuses_texts_of_another_form() {
        let form = DateForm::read("DD/MM/YYYY").unwrap();
        for text in ["", "5/11/2015", "05-11-2015", "05/11/15", "05/11/2015 00:00", "+5/11/2015", "０５/11/2015", "NA"]
        {
            assert_eq!(form.digits(text), None, "{text}");
        }
        // The calendar judges the day, not the form.
        assert_eq!(form.digits("31/02/2015"), Some((2015, 2, 31)));
    }
}
