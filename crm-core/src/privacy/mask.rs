//! Masked views: enough to recognise what one knows already, too little to learn what one doesn't.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

/// What kind of text is masked (脱敏方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mask {
    /// A person's name: the first character stays, `段**` (姓名).
    Name,
    /// A document number: the first and the last two characters stay, `5***************1X` (证件号码).
    Document,
    /// A mobile phone: three and four stay, `180****1999` (手机).
    Mobile,
    /// A landline: four and two stay, `0915*****79` (固定电话).
    Landline,
    /// An e-mail: the first character and the domain stay, `d********@example.cn` (电子邮箱).
    Email,
    /// A bank card: the first four and the last one to four digits stay, in groups, `6227 **** **** **** 123`
    /// (银行卡).
    BankCard,
    /// A licence plate: three and one stay, `陕A1****D` (号牌). The beginning of a plate, `京A123`, identifies no vehicle
    /// and stays; any other text that is too short for a plate is hidden whole.
    Plate,
    /// An address: all but the last eight characters stay (地址).
    Address,
    /// A birth date: the year stays, `1990-**-**` (出生日期).
    BirthDate,
    /// A vehicle identification number: the maker's three and the last four stay, `LSV**********1234` (车架号).
    Vin,
    /// Anything else: three stars, whatever the length, `***` (全部隐藏). For health facts and free text.
    Whole,
}

impl Mask {
    /// The masked view. Masking it again changes nothing; a text too short for its pattern is hidden whole, except the
    /// beginning of a plate: province, letter and at most four letters or digits.
    ///
    /// ```
    /// use crm_core::privacy::Mask;
    ///
    /// assert_eq!(Mask::Mobile.apply("18049531999"), "180****1999");
    /// assert_eq!(Mask::Mobile.apply("1804953"), "*******");
    /// assert_eq!(Mask::Name.apply("张"), "*");
    /// assert_eq!(Mask::Plate.apply("京A123"), "京A123");
    /// assert_eq!(Mask::Plate.apply("张三"), "**");
    /// ```
    #[must_use]
    pub fn apply(self, text: &str) -> String {
        let letters: Vec<char> = text.trim().chars().collect();
        match self {
            Self::Name => keep(&letters, 1, 0, 2),
            Self::Document => keep(&letters, 1, 2, 6),
            Self::Mobile => keep(&letters, 3, 4, 10),
            Self::Landline => keep(&letters, 4, 2, 9),
            Self::Plate if is_plate_beginning(&letters) => letters.into_iter().collect(),
            Self::Plate => keep(&letters, 3, 1, 7),
            Self::Address => keep(&letters, letters.len().saturating_sub(ADDRESS_TAIL), 0, ADDRESS_TAIL + 2),
            Self::Email => email(&letters),
            Self::BankCard => bank_card(&letters),
            Self::BirthDate => birth_date(&letters),
            Self::Vin => keep(&letters, 3, 4, 12),
            Self::Whole if letters.is_empty() => String::new(),
            Self::Whole => String::from("***"),
        }
    }

    /// The masked text of a view of a record. As [`Mask::apply`], but the beginning of a plate is hidden like every
    /// other short text: a view shows no field whole that it is to mask.
    ///
    /// ```
    /// use crm_core::privacy::Mask;
    ///
    /// assert_eq!(Mask::Plate.apply("京A123"), "京A123");
    /// assert_eq!(Mask::Plate.in_view("京A123"), "*****");
    /// ```
    #[must_use]
    pub fn in_view(self, text: &str) -> String {
        match self {
            Self::Plate => keep(&text.trim().chars().collect::<Vec<char>>(), 3, 1, 7),
            _ => self.apply(text),
        }
    }
}

/// House number, unit and floor are at the end of a Chinese address.
const ADDRESS_TAIL: usize = 8;
/// Shortest card number in use.
const SHORTEST_CARD: usize = 13;
/// Characters of the provinces, regions and cities under the central government, with which a plate begins.
pub(crate) const PLATE_PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// Province, letter and at most four letters or digits: a plate that was cut off, and no other personal text.
fn is_plate_beginning(letters: &[char]) -> bool {
    matches!(letters, [province, office, rest @ ..]
        if PLATE_PROVINCES.contains(*province)
            && office.is_ascii_uppercase()
            && rest.len() <= 4
            && rest.iter().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit()))
}

/// Stars for everything but `head` and `tail`; for everything when the text is shorter than `shortest`.
fn keep(letters: &[char], head: usize, tail: usize, shortest: usize) -> String {
    // Spaces make a text no longer: behind them its few letters could all be shown.
    let short = letters.iter().filter(|letter| !letter.is_whitespace()).count() < shortest;
    let shown = |at: usize| !short && (at < head || at + tail >= letters.len());
    letters.iter().enumerate().map(|(at, letter)| if shown(at) { *letter } else { '*' }).collect()
}

fn email(letters: &[char]) -> String {
    // With a space inside or nothing behind the @ it is no address, and what would stay could be all there is.
    if letters.last() == Some(&'@') || letters.iter().any(|letter| letter.is_whitespace()) {
        return keep(letters, 0, 0, 0);
    }
    match letters.iter().rposition(|letter| *letter == '@') {
        Some(at) if at > 1 => {
            letters.iter().enumerate().map(|(n, letter)| if n == 0 || n >= at { *letter } else { '*' }).collect()
        }
        // One character before the @ would show all of it.
        Some(1) => letters.iter().enumerate().map(|(n, letter)| if n >= 1 { *letter } else { '*' }).collect(),
        _ => keep(letters, 0, 0, 0),
    }
}

/// `YYYY-MM-DD` keeps its year and its hyphens; anything else is hidden whole.
fn birth_date(letters: &[char]) -> String {
    let hyphen = |at: usize| letters.get(at) == Some(&'-');
    let dated = letters.len() == 10 && hyphen(4) && hyphen(7) && !letters.iter().any(|letter| letter.is_whitespace());
    let shown = |at: usize| dated && (at <= 4 || at == 7);
    letters.iter().enumerate().map(|(at, letter)| if shown(at) { *letter } else { '*' }).collect()
}

fn bank_card(letters: &[char]) -> String {
    let digits: Vec<char> = letters.iter().copied().filter(|letter| !letter.is_whitespace()).collect();
    if digits.len() < SHORTEST_CARD {
        return keep(&digits, 0, 0, 0);
    }
    // The last group is what does not fill four, or four.
    let tail = match digits.len() % 4 {
        0 => 4,
        rest => rest,
    };
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, letter) in digits.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push(' ');
        }
        out.push(if at < 4 || at + tail >= digits.len() { *letter } else { '*' });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Mask; 11] = [
        Mask::Name,
        Mask::Document,
        Mask::Mobile,
        Mask::Landline,
        Mask::Email,
        Mask::BankCard,
        Mask::Plate,
        Mask::Address,
        Mask::BirthDate,
        Mask::Vin,
        Mask::Whole,
    ];

    #[test]
    fn patterns_in_use() {
        // hutool DesensitizedUtilTest (cases area 9.masking; examples of international.md 9)
        for (mask, text, shown) in [
            (Mask::Name, "段正淳", "段**"),
            (Mask::Name, "张三", "张*"),
            (Mask::Mobile, "18049531999", "180****1999"),
            (Mask::Document, "51343620000320711X", "5***************1X"),
            (Mask::Landline, "09157518479", "0915*****79"),
            (Mask::Email, "duandazhi@gmail.com.cn", "d********@gmail.com.cn"),
            (Mask::BankCard, "6227880100100105123", "6227 **** **** **** 123"),
            (Mask::BankCard, "1234 2222 3333 4444 6789 9", "1234 **** **** **** **** 9"),
            (Mask::BankCard, "6222026006705354", "6222 **** **** 5354"),
            (Mask::Plate, "陕A12345D", "陕A1****D"),
            (Mask::Plate, "苏D40000", "苏D4***0"),
            (Mask::Plate, "京A123", "京A123"),
            (Mask::Address, "北京市海淀区马连洼街道289号", "北京市海淀区马********"),
            // Ours: no source masks these.
            (Mask::BirthDate, "1990-03-07", "1990-**-**"),
            (Mask::BirthDate, "1990年3月7日", "*********"),
            (Mask::Vin, "LSVAA4187C2184841", "LSV**********4841"),
            (Mask::Vin, "12345678901", "***********"),
            (Mask::Whole, "高血压", "***"),
        ] {
            assert_eq!(mask.apply(text), shown);
        }
    }

    #[test]
    fn short_texts_hide_whole() {
        for mask in ALL {
            assert_eq!(mask.apply(""), "");
            assert_eq!(mask.apply("   "), "");
        }
        for (mask, text) in [
            (Mask::Name, "张"),
            (Mask::Document, "12345"),
            (Mask::Mobile, "123456789"),
            (Mask::Landline, "12345678"),
            (Mask::Email, "a.b.c"),
            (Mask::BankCard, "123456789012"),
            (Mask::Address, "马连洼街道289号"),
            // Names, numbers and words in the field of a plate (law 10).
            (Mask::Plate, "张三"),
            (Mask::Plate, "云南"),
            (Mask::Plate, "李A123"),
            (Mask::Plate, "京a123"),
            (Mask::Plate, "京A12三"),
            (Mask::Plate, "京A 123"),
            (Mask::Plate, "京1234"),
            (Mask::Plate, "138123"),
            (Mask::Plate, "京"),
        ] {
            assert!(mask.apply(text).chars().all(|letter| letter == '*'), "{mask:?}");
        }
        assert_eq!(Mask::Email.apply("a@b.cn"), "*@b.cn");
    }
}
