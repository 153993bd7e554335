//! Small books from a seed.

use crm_core::{
    access::{RowOwner, SightLevel, Viewer},
    calendar::Date,
    money::{Currency, Money},
    party::PartyId,
    portfolio::*,
};

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn cny(minor: i64) -> Money {
    Money::from_minor(minor, Currency::CNY)
}

pub fn as_of() -> Date {
    day("2025-12-31")
}

pub fn parameters() -> FactParameters {
    FactParameters::new(as_of(), Currency::CNY)
}

pub fn id(number: i64) -> PartyId {
    PartyId::new(&format!("C{number}")).unwrap()
}

pub fn owner(branch: &str) -> RowOwner {
    RowOwner {
        person: Some("op-1".parse().unwrap()),
        department: Some("d1".parse().unwrap()),
        branch: Some(branch.parse().unwrap()),
        company: "one".parse().unwrap(),
    }
}

/// Somebody who sees everything.
pub fn everything() -> Viewer {
    Viewer {
        person: "boss".parse().unwrap(),
        roles: [].into(),
        department: None,
        branch: None,
        company: "one".parse().unwrap(),
        level: Some(SightLevel::Company),
    }
}

/// Somebody who sees one branch.
pub fn of_branch(branch: &str) -> Viewer {
    Viewer { branch: Some(branch.parse().unwrap()), level: Some(SightLevel::Branch), ..everything() }
}

pub fn customer(number: i64) -> CustomerRow {
    CustomerRow {
        id: id(number),
        party_kind: PartyKind::Person,
        owner: owner("b1"),
        since: day("2020-01-01"),
        standing: false,
        commercial_credit: None,
        prospect: false,
        blacklisted: false,
    }
}

/// A year's cover of 3650.00 from a day on.
pub fn policy(number: i64, of: i64, start: &str) -> PolicyRow {
    let start = day(start);
    PolicyRow {
        id: PolicyId::new(&format!("P{number}")).unwrap(),
        customer: id(of),
        product: "motor".into(),
        line: "motor".into(),
        branch: "b1".into(),
        department: "d1".into(),
        handler: "h1".into(),
        agent: None,
        channel: "agent".into(),
        signed_on: start,
        start,
        end: start.plus_days(365).unwrap(),
        premium: cny(365_000),
        sum_insured: cny(0),
        vin: None,
        plate: None,
        renewal_of: None,
    }
}

pub fn receipt(number: i64, policy: &str, on: &str, minor: i64) -> ReceiptRow {
    ReceiptRow {
        id: ReceiptId::new(&format!("R{number}")).unwrap(),
        policy: PolicyId::new(policy).unwrap(),
        received_on: day(on),
        amount: cny(minor),
    }
}

pub fn claim(number: i64, policy: &str, on: &str, paid: i64, reserve: i64) -> ClaimRow {
    ClaimRow {
        id: ClaimId::new(&format!("L{number}")).unwrap(),
        policy: PolicyId::new(policy).unwrap(),
        occurred: day(on),
        reported: day(on),
        opened: None,
        closed: None,
        paid: cny(paid),
        reserve: cny(reserve),
        fraud: false,
        outcome: None,
        valued_on: None,
    }
}

pub fn endorsement(
    number: i64,
    policy: &str,
    effect: EndorsementEffect,
    effective: &str,
    minor: i64,
) -> EndorsementRow {
    EndorsementRow {
        id: EndorsementId::new(&format!("E{number}")).unwrap(),
        policy: PolicyId::new(policy).unwrap(),
        code: "21".into(),
        effect,
        effective: day(effective),
        booked: day(effective),
        premium_change: cny(minor),
    }
}

/// The shipped model, loaded once.
pub fn china() -> &'static SegmentModel {
    static MODEL: std::sync::LazyLock<SegmentModel> = std::sync::LazyLock::new(|| china_segment_model().unwrap());
    &MODEL
}

pub fn book_of(rows: BookRows) -> CustomerBook {
    let mut book = CustomerBook::new(Currency::CNY);
    drop(book.load(rows));
    book
}

pub fn facts_of(rows: BookRows) -> Facts {
    Facts::of(&book_of(rows)).at(&parameters()).unwrap()
}

/// SplitMix64.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((z ^ (z >> 31)) >> 2).unwrap() % limit
    }

    pub fn one_in(&mut self, limit: i64) -> bool {
        self.below(limit) == 0
    }

    /// Days about the day of the review, its neighbours and anniversaries more often.
    pub fn date(&mut self) -> Date {
        match self.below(12) {
            0 => as_of(),
            1 => day("2026-01-01"),
            2 => day("2024-12-31"),
            3 => day("2025-01-01"),
            4 => day("2024-02-29"),
            5 => day("2022-12-31"),
            _ => day("2021-01-01").plus_days(self.below(2000)).unwrap(),
        }
    }
}

/// A book of a few customers with rows of every kind, some of them wrong, of nobody, or in the future.
pub fn some_book(seed: u64) -> BookRows {
    let mut from = Seeded(seed);
    let customers = from.below(5);
    let mut rows = BookRows::default();
    for number in 0..customers {
        let mut row = customer(number);
        row.since = from.date();
        row.standing = from.one_in(2);
        row.commercial_credit = [None, Some("A".into()), Some("B".into())][from.below(3) as usize].clone();
        row.prospect = from.one_in(4);
        row.blacklisted = from.one_in(8);
        row.owner = owner(["b1", "b2"][from.below(2) as usize]);
        rows.customers.push(row);
    }
    let policies = from.below(10);
    for number in 0..policies {
        // One customer more than there are: his policies are nobody's.
        let mut row = policy(number, from.below(customers + 1), "2025-01-01");
        row.start = from.date();
        row.end = row.start.plus_days(from.below(800)).unwrap();
        row.signed_on = row.start.plus_days(-from.below(40)).unwrap();
        row.premium = cny(from.below(900_000) - 20_000);
        row.line = ["motor", "home"][from.below(2) as usize].into();
        row.renewal_of = from.one_in(2).then(|| PolicyId::new(&format!("P{}", from.below(policies))).unwrap());
        if from.one_in(30) {
            row.premium = Money::from_minor(1, Currency::USD);
        }
        rows.policies.push(row);
    }
    let of = |from: &mut Seeded| PolicyId::new(&format!("P{}", from.below(policies + 1))).unwrap();
    for number in 0..from.below(14) {
        let policy = of(&mut from);
        // Often one of two days of the policy, so that endorsements meet each other, and the ends of its term.
        let term = rows
            .policies
            .iter()
            .find(|row| row.id == policy)
            .map_or((day("2025-01-01"), 1), |row| (row.start, row.start.days_until(row.end).max(1)));
        let effective = match from.below(7) {
            0 => from.date(),
            1 => term.0,
            2 => term.0.plus_days(-from.below(60)).unwrap(),
            3 => term.0.plus_days(term.1).unwrap(),
            4 => term.0.plus_days(term.1 / 2).unwrap(),
            _ => term.0.plus_days(from.below(term.1)).unwrap(),
        };
        let booked = if from.one_in(3) { from.date() } else { effective.plus_days(from.below(4)).unwrap() };
        // About the day of the review, that one is known and the next is not.
        let (effective, booked) = match from.below(4) {
            0 => (as_of().plus_days(-from.below(3)).unwrap(), as_of().plus_days(from.below(4) - 1).unwrap()),
            _ => (effective, booked),
        };
        let effects = [EndorsementEffect::Change, EndorsementEffect::Cancellation, EndorsementEffect::Reinstatement];
        let effect = effects[from.below(4) as usize % 3];
        rows.endorsements.push(EndorsementRow {
            id: EndorsementId::new(&format!("E{number}")).unwrap(),
            policy,
            code: "19".into(),
            effect,
            effective,
            booked,
            premium_change: cny(from.below(60_000) - 30_000),
        });
    }
    for number in 0..from.below(12) {
        let policy = of(&mut from);
        let on = from.date().to_string();
        rows.receipts.push(receipt(number, policy.as_str(), &on, from.below(700_000) - 90_000));
    }
    for number in 0..from.below(8) {
        let policy = of(&mut from);
        // Mostly within the term of the policy.
        let held = rows.policies.iter().find(|row| row.id == policy && row.end > row.start).filter(|_| !from.one_in(5));
        let on = held.map(|row| row.start.plus_days(from.below(row.start.days_until(row.end))).unwrap());
        let on = on.unwrap_or_else(|| from.date()).to_string();
        let mut row = claim(number, policy.as_str(), &on, from.below(500_000), from.below(90_000) - 3_000);
        row.reported = row.occurred.plus_days(from.below(30) - 1).unwrap();
        row.closed = from.one_in(2).then(|| row.reported.plus_days(from.below(60)).unwrap());
        if row.closed.is_some() && !from.one_in(9) {
            row.reserve = cny(0);
        }
        row.fraud = from.one_in(6);
        if row.closed.is_some() && from.one_in(2) {
            let outcomes = [ClaimOutcome::Accepted, ClaimOutcome::Rejected, ClaimOutcome::Withdrawn, ClaimOutcome::Nil];
            let outcome = outcomes[from.below(4) as usize];
            row.outcome = Some(outcome);
            if outcome.is_nil() && !from.one_in(6) {
                row.paid = cny(0);
            }
        }
        row.valued_on = from.one_in(3).then(|| from.date());
        rows.claims.push(row);
    }
    for number in 0..from.below(8) {
        rows.costs.push(CostRow {
            id: CostId::new(&format!("K{number}")).unwrap(),
            customer: id(from.below(customers + 1)),
            policy: from.one_in(2).then(|| of(&mut from)),
            on: from.date(),
            kind: ["commission", "visit", "gift"][from.below(3) as usize].into(),
            amount: cny(from.below(40_000) - 1_000),
        });
    }
    for number in 0..from.below(5) {
        let on = from.date();
        rows.complaints.push(ComplaintRow {
            id: ComplaintId::new(&format!("M{number}")).unwrap(),
            customer: id(from.below(customers + 1)),
            on,
            kind: "service".into(),
            resolved_on: from.one_in(2).then(|| on.plus_days(from.below(90)).unwrap()),
        });
    }
    rows
}
