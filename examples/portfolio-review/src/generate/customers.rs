//! Customers and their policy years: invented people, plausible prices.

use super::random::SplitMix64;

/// First year of the book.
const FIRST_YEAR: i64 = 2021;
/// Last year of the book.
const LAST_YEAR: i64 = 2025;

/// A day as three numbers: the generator does not use the core's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: i64,
    pub month: i64,
    pub day: i64,
}

impl Day {
    pub fn dashed(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    pub fn compact(self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }

    pub fn slashed(self) -> String {
        format!("{}/{}/{}", self.year, self.month, self.day)
    }

    /// The day before the same day of the next year: the last day of a policy year. Days are 1 to 28.
    fn last_of_policy_year(self) -> Self {
        if self.day > 1 {
            return Self { year: self.year + 1, day: self.day - 1, ..self };
        }
        let year = if self.month == 1 { self.year } else { self.year + 1 };
        let month = if self.month == 1 { 12 } else { self.month - 1 };
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let day = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 31,
        };
        Self { year, month, day }
    }
}

/// A line of business as the file names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// In the file.
    pub written: &'static str,
    /// Our code.
    pub code: &'static str,
    /// Coverages in the file.
    coverages: &'static str,
    /// Prices in fen.
    prices: &'static [i64],
    motor: bool,
    /// Cases of a hundred with a claim, and the largest in fen.
    claims: (i64, i64),
}

const LINES: [Line; 4] = [
    Line {
        written: "交强险",
        code: "compulsory_motor",
        coverages: "三者险",
        prices: &[95_000, 85_500, 76_000, 66_500, 110_000],
        motor: true,
        claims: (8, 700_000),
    },
    Line {
        written: "商业车险",
        code: "commercial_motor",
        coverages: "三者险、车损险、车上人员险",
        prices: &[431_000, 298_050, 365_228, 512_799, 187_640],
        motor: true,
        claims: (22, 1_100_000),
    },
    Line {
        written: "家财险",
        code: "household",
        coverages: "火灾险、盗抢险",
        prices: &[12_000, 20_000, 36_800],
        motor: false,
        claims: (3, 400_000),
    },
    Line {
        written: "意外险",
        code: "accident",
        coverages: "意外身故",
        prices: &[10_000, 29_900, 36_500],
        motor: false,
        claims: (2, 500_000),
    },
];

/// Channels: in the file, and our code.
const CHANNELS: [(&str, &str); 4] = [("直销", "direct"), ("代理", "agent"), ("经纪", "broker"), ("电销", "telephone")];
const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "司马", "诸葛", "胡", "林", "郭", "马", "罗",
    "梁", "㑺",
];
const GIVEN: [&str; 16] =
    ["伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇", "建国", "秀英", "志强", "桂兰", "\u{20bb7}", "䶮"];

/// One policy year as it is written.
#[derive(Debug, Clone)]
pub struct PolicyYear {
    pub id: String,
    pub customer: String,
    pub name: String,
    pub inception: Day,
    pub start: Day,
    pub end: Day,
    pub lapsed_on: Option<Day>,
    pub birth: Day,
    pub licensed_on: Option<Day>,
    /// In the file, and our code.
    pub channel: (&'static str, &'static str),
    pub line: Line,
    pub coverages: &'static str,
    /// In fen.
    pub premium: i64,
    /// In fen, one by one.
    pub claims: Vec<i64>,
}

impl PolicyYear {
    pub fn claims_cost(&self) -> i64 {
        self.claims.iter().sum()
    }
}

/// Every policy year of one customer. Some look odd on purpose; the truth counts them.
pub fn policy_years(random: &mut SplitMix64, number: u32, out: &mut Vec<PolicyYear>) {
    let customer = format!("C{number:06}");
    let surname = random.pick(&SURNAMES).unwrap_or_default();
    let given = random.pick(&GIVEN).unwrap_or_default();
    let birth = some_day(random, 1950, 1999);
    let licensed_on = Day { year: birth.year + random.between(18, 21), ..birth };
    let channel = random.pick(&CHANNELS).unwrap_or_default();
    let lines = random.between(1, 2);
    let first_line = random.between(0, 3);
    let mut totals: Vec<i64> = Vec::new();
    for step in 0..lines {
        let Some(line) = LINES.get(usize::try_from((first_line + step) % 4).unwrap_or_default()) else { continue };
        let mut start = some_day(random, FIRST_YEAR, LAST_YEAR);
        let inception = Day { year: start.year - random.between(0, 3), ..start };
        loop {
            let mut year = PolicyYear {
                id: format!("P{}{}{number:06}{step}", start.year, start.month % 10),
                customer: customer.clone(),
                name: format!("{surname}{given}"),
                inception,
                start,
                end: start.last_of_policy_year(),
                lapsed_on: None,
                birth,
                licensed_on: line.motor.then_some(licensed_on),
                channel,
                line: *line,
                coverages: line.coverages,
                premium: random.pick(line.prices).unwrap_or_default(),
                claims: some_claims(random, *line, &mut totals),
            };
            make_odd(random, &mut year);
            let stays = start.year < LAST_YEAR && random.percent(78);
            if !stays && start.year < LAST_YEAR && random.percent(60) {
                // The last of its years: some are given up before they end, never before they start.
                year.lapsed_on = year.lapsed_on.or(Some(Day { month: 12, day: 31, ..start }));
            }
            out.push(year);
            if !stays {
                break;
            }
            start = Day { year: start.year + 1, ..start };
        }
    }
}

fn some_day(random: &mut SplitMix64, from: i64, to: i64) -> Day {
    Day { year: random.between(from, to), month: random.between(1, 12), day: random.between(1, 28) }
}

/// Claims of one year. No two years of a customer cost the same: the file of claims by part tells years apart by their cost.
fn some_claims(random: &mut SplitMix64, line: Line, totals: &mut Vec<i64>) -> Vec<i64> {
    let (cases, largest) = line.claims;
    if !random.percent(cases) {
        return Vec::new();
    }
    loop {
        let claims: Vec<i64> = (0..random.between(1, 3)).map(|_| random.between(20_000, largest)).collect();
        let total = claims.iter().sum();
        if !totals.contains(&total) {
            totals.push(total);
            return claims;
        }
    }
}

/// A few rows get dates that deserve a warning.
fn make_odd(random: &mut SplitMix64, year: &mut PolicyYear) {
    match random.between(1, 400) {
        1 => year.inception = Day { year: year.start.year + 1, ..year.start },
        2 => year.lapsed_on = Some(Day { year: year.start.year - 1, ..year.start }),
        3 if year.licensed_on.is_some() => {
            year.licensed_on = Some(Day { year: year.inception.year + 1, ..year.inception });
        }
        _ => {}
    }
}
