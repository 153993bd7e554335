//! The book: customer after customer, each written before the next is made.

use std::{fs, io, path::Path};

use crate::{
    identifiers::Identifiers,
    places::{self, BRANCHES},
    plan::Plan,
    random::SplitMix64,
    sheet::{self, Line, Sheet},
    stories::Story,
    truth::{Totals, Truth},
};

/// A story comes after so many customers at least and at most.
const STORY_EVERY: std::ops::RangeInclusive<i64> = 8..=150;
/// So many times each story is told in a small book.
const TIMES: i64 = 4;

/// Running numbers of what was written.
#[derive(Debug, Default)]
pub struct Counts {
    /// Customers.
    pub customers: i64,
    /// Vehicles.
    pub vehicles: i64,
    /// Who owned which.
    pub ownerships: i64,
    /// Policies.
    pub policies: i64,
    /// Endorsements.
    pub endorsements: i64,
    /// Receipts.
    pub receipts: i64,
    /// Claims.
    pub claims: i64,
    /// Costs.
    pub costs: i64,
    /// Complaints.
    pub complaints: i64,
}

/// The files that grow with the customers.
#[derive(Debug)]
pub struct Sheets {
    /// `customers.csv`.
    pub customers: Sheet,
    /// `vehicles.csv`.
    pub vehicles: Sheet,
    /// `policies.csv`.
    pub policies: Sheet,
    /// `endorsements.csv`.
    pub endorsements: Sheet,
    /// `receipts.csv`.
    pub receipts: Sheet,
    /// `claims.csv`.
    pub claims: Sheet,
    /// `costs.csv`.
    pub costs: Sheet,
    /// `complaints.csv`.
    pub complaints: Sheet,
}

/// A book while it is written. It holds files and sums, no customer: the memory of ten is that of ten million.
#[derive(Debug)]
pub struct Book {
    /// What was asked for.
    pub plan: Plan,
    /// Gives numbers.
    pub identifiers: Identifiers,
    /// Agents of each branch.
    pub agents: i64,
    /// Running numbers.
    pub counts: Counts,
    /// The files.
    pub sheets: Sheets,
    /// What is true of it.
    pub truth: Truth,
}

impl Book {
    /// The number of the next customer.
    pub const fn next_customer(&mut self) -> i64 {
        self.counts.customers += 1;
        self.counts.customers
    }

    fn begin(plan: &Plan, directory: &Path) -> io::Result<Self> {
        fs::create_dir_all(directory)?;
        let truth = Truth::create(directory, plan)?;
        let open = |layout| Sheet::create(directory, layout, plan);
        let sheets = Sheets {
            customers: open(sheet::CUSTOMERS)?,
            vehicles: open(sheet::VEHICLES)?,
            policies: open(sheet::POLICIES)?,
            endorsements: open(sheet::ENDORSEMENTS)?,
            receipts: open(sheet::RECEIPTS)?,
            claims: open(sheet::CLAIMS)?,
            costs: open(sheet::COSTS)?,
            complaints: open(sheet::COMPLAINTS)?,
        };
        let mut book = Self {
            plan: *plan,
            identifiers: Identifiers::new(plan.seed),
            agents: places::agents_of_branch(plan.customers),
            counts: Counts::default(),
            sheets,
            truth,
        };
        book.write_hierarchy(directory)?;
        Ok(book)
    }

    fn write_hierarchy(&mut self, directory: &Path) -> io::Result<()> {
        let mut branches = Sheet::create(directory, sheet::BRANCHES, &self.plan)?;
        for row in places::branch_rows() {
            branches.push(&line_of(&row), &mut self.truth)?;
        }
        branches.finish()?;
        let mut agents = Sheet::create(directory, sheet::AGENTS, &self.plan)?;
        for (_, branch) in &BRANCHES {
            for row in places::agent_rows(self.plan.seed, branch, self.agents, self.plan.first_day()) {
                agents.push(&line_of(&row), &mut self.truth)?;
            }
        }
        agents.finish()
    }

    fn finish(self) -> io::Result<Totals> {
        let Sheets { customers, vehicles, policies, endorsements, receipts, claims, costs, complaints } = self.sheets;
        for sheet in [customers, vehicles, policies, endorsements, receipts, claims, costs, complaints] {
            sheet.finish()?;
        }
        self.truth.finish()
    }
}

/// Generates a book into a directory and says what is true of it. `progress` is told how many customers are done.
///
/// `truth.json` appears when the book is whole; without it the files are those of a book that was not finished.
///
/// # Errors
/// What the file system says.
///
/// # Examples
/// ```
/// use book_generator::{Encoding, Plan, Unfit, generate};
///
/// let plan = Plan { customers: 50, seed: 7, from: 2021, years: 5, encoding: Encoding::Utf8, clean: false };
/// let directory = std::env::temp_dir().join(format!("book-generator-doc-{}", std::process::id()));
/// let totals = generate(&plan, &directory, |_| {})?;
/// assert_eq!(totals.persons + totals.organisations, totals.rows["customers.csv"].used);
///
/// assert_eq!(Plan { years: 0, ..plan }.check(), Err(Unfit::Years));
/// # std::fs::remove_dir_all(&directory)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn generate(plan: &Plan, directory: &Path, mut progress: impl FnMut(u64)) -> io::Result<Totals> {
    let mut book = Book::begin(plan, directory)?;
    let wanted = i64::try_from(plan.customers).unwrap_or(i64::MAX);
    let stories = i64::try_from(Story::ALL.len()).unwrap_or(i64::MAX);
    let every = (wanted / (stories * TIMES)).clamp(*STORY_EVERY.start(), *STORY_EVERY.end());
    let mut next_story = Story::ALL.iter().cycle();
    let mut story_at = every;
    while book.counts.customers < wanted {
        let room = wanted - book.counts.customers;
        let part = u64::try_from(book.counts.customers).unwrap_or_default();
        let mut random = SplitMix64::of_part(plan.seed, part);
        let due = book.counts.customers >= story_at;
        let story = if due { next_story.next() } else { None };
        match story {
            Some(story) if story.customers() <= room => {
                book.tell(&mut random, *story)?;
                story_at = book.counts.customers + every;
            }
            _ => book.ordinary(&mut random, room)?,
        }
        progress(u64::try_from(book.counts.customers).unwrap_or_default());
    }
    book.finish()
}

fn line_of(fields: &[String]) -> Line {
    let mut line = Line::default();
    for field in fields {
        line.text(field);
    }
    line
}
