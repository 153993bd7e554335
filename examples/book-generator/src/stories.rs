//! Stories (埋设案例): customers that a reader of the whole book should find, made so and written into the truth.

use std::io;

use crate::{
    book::Book,
    contracts::{Forced, Pays, Temper, Written},
    customers::{Customer, Party},
    day::Day,
    names,
    places::BRANCHES,
    products::{COMPANY_MODELS, PRIVATE_MODELS, PROPERTY},
    random::SplitMix64,
    sheet::id,
};

/// A story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    /// One person twice, with the same document.
    SameDocument,
    /// One person twice, with the same name and mobile but another document.
    SameNameAndMobile,
    /// One person twice: names that sound the same, the same birth date and address.
    NearNameSound,
    /// One person twice: names that differ in one character, the same birth date and mobile.
    NearNameCharacter,
    /// One company twice: brackets of another width in the name, the code inside for the whole one.
    NearNameWidth,
    /// Four and more claims in twelve months, each year.
    FrequentClaimant,
    /// A company with a large fleet and large property, of standing and good credit, few claims.
    LargeCustomer,
    /// Cover without a gap or a claim from the first year to the last, good credit.
    GoodCustomer,
    /// Claims above 150 per cent of the premium, poor credit.
    PoorCustomer,
    /// A premium that was due four months ago and more, and did not come or came by half.
    UnpaidPremium,
    /// Five people of one address with an accident on the same day.
    FraudRing,
}

impl Story {
    /// Every story, in the order in which they come.
    pub const ALL: [Self; 11] = [
        Self::SameDocument,
        Self::SameNameAndMobile,
        Self::NearNameSound,
        Self::NearNameCharacter,
        Self::NearNameWidth,
        Self::FrequentClaimant,
        Self::LargeCustomer,
        Self::GoodCustomer,
        Self::PoorCustomer,
        Self::UnpaidPremium,
        Self::FraudRing,
    ];

    /// Its name in the truth.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SameDocument => "same_document",
            Self::SameNameAndMobile => "same_name_and_mobile",
            Self::NearNameSound => "near_name_sound",
            Self::NearNameCharacter => "near_name_character",
            Self::NearNameWidth => "near_name_width",
            Self::FrequentClaimant => "frequent_claimant",
            Self::LargeCustomer => "large_customer",
            Self::GoodCustomer => "good_customer",
            Self::PoorCustomer => "poor_customer",
            Self::UnpaidPremium => "unpaid_premium",
            Self::FraudRing => "fraud_ring",
        }
    }

    /// How many customers it takes.
    #[must_use]
    pub const fn customers(self) -> i64 {
        match self {
            Self::SameDocument
            | Self::SameNameAndMobile
            | Self::NearNameSound
            | Self::NearNameCharacter
            | Self::NearNameWidth => 2,
            Self::FraudRing => 5,
            _ => 1,
        }
    }
}

/// Days by which an unpaid premium is late at least.
const LATE: i64 = 120;

impl Book {
    /// Tells a story.
    ///
    /// # Errors
    /// What the file system says.
    pub fn tell(&mut self, random: &mut SplitMix64, story: Story) -> io::Result<()> {
        match story {
            Story::SameDocument | Story::SameNameAndMobile | Story::NearNameSound | Story::NearNameCharacter => {
                self.person_twice(random, story)
            }
            Story::NearNameWidth => self.company_twice(random),
            Story::FrequentClaimant | Story::GoodCustomer | Story::PoorCustomer => self.motorist(random, story),
            Story::LargeCustomer => self.large(random),
            Story::UnpaidPremium => self.unpaid(random),
            Story::FraudRing => self.ring(random),
        }
    }

    /// First days of cover that leave time for the whole year within the book.
    fn early(&self, random: &mut SplitMix64) -> Day {
        self.plan.first_day().plus(random.between(0, 59))
    }

    /// A grown person with a resident identity number.
    fn resident(&mut self, random: &mut SplitMix64, since: Day) -> Customer {
        let branch = random.weighted(&BRANCHES);
        let surname = names::surname(random);
        let age = random.between(25, 60);
        let mut person = self.person(random, surname, age, since, branch);
        if let Party::Person { birth, male, .. } = person.party {
            // The birth date is that of its number already.
            (person.document, _) = self.identifiers.resident(person.number, birth, male);
            person.document_kind = "resident_id";
        }
        person.blacklisted = false;
        person
    }

    fn person_twice(&mut self, random: &mut SplitMix64, story: Story) -> io::Result<()> {
        let start = self.early(random);
        let since = start.plus(-random.between(100, 2_000));
        let mut first = self.resident(random, since);
        let since = start.plus(-random.between(0, 90));
        let mut second = self.resident(random, since);
        second.party = first.party;
        match story {
            Story::SameDocument => {
                second.name.clone_from(&first.name);
                second.document.clone_from(&first.document);
            }
            Story::SameNameAndMobile => {
                second.name.clone_from(&first.name);
                second.mobile.clone_from(&first.mobile);
            }
            Story::NearNameSound => {
                (first.name, second.name) = names::same_sound(random);
                second.address.clone_from(&first.address);
            }
            _ => {
                (first.name, second.name) = names::one_character(random);
                second.mobile.clone_from(&first.mobile);
            }
        }
        if story != Story::SameDocument {
            second.document_kind = "chinese_passport";
            second.document = format!("E{}", self.identifiers.eight_digits(second.number));
        }
        for person in [&first, &second] {
            self.write_customer(person)?;
            let mut written = Written::default();
            let temper = Temper::ordinary(random);
            self.motor(random, person, &PRIVATE_MODELS, start, temper, &mut written)?;
            self.serve(random, person, written.claims.len())?;
        }
        self.truth.story(story.name(), &[first.id, second.id], &[], &[], None)
    }

    fn company_twice(&mut self, random: &mut SplitMix64) -> io::Result<()> {
        let start = self.early(random);
        let branch = random.weighted(&BRANCHES);
        let since = start.plus(-random.between(100, 2_000));
        let first = self.company(random, since, branch);
        let since = start.plus(-random.between(0, 90));
        let mut second = self.company(random, since, branch);
        second.name = names::half_width(&first.name);
        second.party = first.party;
        second.document_kind = "organisation_code";
        // The organisation code stands inside the social credit code.
        let inside = first.document.get(8..16).zip(first.document.get(16..17));
        second.document = inside.map(|(body, check)| format!("{body}-{check}")).unwrap_or_default();
        for company in [&first, &second] {
            self.write_customer(company)?;
            let mut written = Written::default();
            let temper = Temper::ordinary(random);
            self.motor(random, company, &COMPANY_MODELS, start, temper, &mut written)?;
            self.serve(random, company, written.claims.len())?;
        }
        self.truth.story(Story::NearNameWidth.name(), &[first.id, second.id], &[], &[], None)
    }

    fn motorist(&mut self, random: &mut SplitMix64, story: Story) -> io::Result<()> {
        let start = self.early(random);
        let since = start.plus(-random.between(0, 2_000));
        let mut person = self.resident(random, since);
        let forced = match story {
            Story::FrequentClaimant => Forced::Many(random.between(4, 6)),
            Story::PoorCustomer => Forced::Heavy(random.between(260, 500)),
            _ => Forced::Nothing,
        };
        person.credit = if story == Story::GoodCustomer { "good" } else { "poor" };
        self.write_customer(&person)?;
        let mut written = Written::default();
        let temper = Temper { forced, ..Temper::steady() };
        self.motor(random, &person, &PRIVATE_MODELS, start, temper, &mut written)?;
        self.serve(random, &person, written.claims.len())?;
        let cents = match story {
            Story::GoodCustomer => written.premium,
            _ => written.claims_cost,
        };
        self.truth.story(story.name(), &[person.id], &written.policies, &written.claims, Some(cents))
    }

    fn large(&mut self, random: &mut SplitMix64) -> io::Result<()> {
        let start = self.early(random);
        let branch = random.weighted(&BRANCHES);
        let since = start.plus(-random.between(0, 3_000));
        let mut company = self.company(random, since, branch);
        company.standing = true;
        company.credit = "good";
        company.blacklisted = false;
        self.write_customer(&company)?;
        let mut written = Written::default();
        let temper = Temper { frequency: 15, ..Temper::steady() };
        for _ in 0..random.between(30, 60) {
            self.motor(random, &company, &COMPANY_MODELS, start, temper, &mut written)?;
        }
        let insured = random.between(500_000_000, 2_000_000_000);
        let price = (insured / 10_000 * 100 * 8, insured);
        self.years(random, &company, &PROPERTY, price, start, Temper::steady(), &mut written)?;
        self.serve(random, &company, written.claims.len())?;
        self.truth.story(Story::LargeCustomer.name(), &[company.id], &[], &[], Some(written.premium))
    }

    fn unpaid(&mut self, random: &mut SplitMix64) -> io::Result<()> {
        let as_of = self.plan.as_of();
        // One policy, begun late enough that it ends after the book and early enough that all of it is late.
        let start = as_of.plus(-random.between(LATE, 300) - 30).max(self.plan.first_day());
        let branch = random.weighted(&BRANCHES);
        let since = start.plus(-random.between(0, 60));
        let company = self.company(random, since, branch);
        self.write_customer(&company)?;
        let mut written = Written::default();
        let pays = if random.percent(50) { Pays::Half } else { Pays::Nothing };
        let temper = Temper { pays, loyal: 0, ..Temper::steady() };
        let insured = random.between(50, 400) * 1_000_000;
        let price = (insured / 10_000 * 100 * random.between(8, 20), insured);
        self.years(random, &company, &PROPERTY, price, start, temper, &mut written)?;
        self.serve(random, &company, 0)?;
        let owed = written.premium - written.received;
        self.truth.story(Story::UnpaidPremium.name(), &[company.id], &written.policies, &[], Some(owed))
    }

    /// They met by accident, as they say: one address, one agent, one day.
    fn ring(&mut self, random: &mut SplitMix64) -> io::Result<()> {
        let start = self.early(random);
        let (day, cents) = (random.between(40, 200), random.between(3_000_000, 8_000_000));
        let mut written = Written::default();
        let mut customers = Vec::new();
        let mut model: Option<Customer> = None;
        for place in 0..Story::FraudRing.customers() {
            let since = start.plus(-random.between(0, 90));
            let mut person = self.resident(random, since);
            match &model {
                None => model = Some(person.clone()),
                Some(model) => {
                    person.address.clone_from(&model.address);
                    person.branch = model.branch;
                    person.manager.clone_from(&model.manager);
                    person.channel = model.channel;
                    person.agent.clone_from(&model.agent);
                }
            }
            self.write_customer(&person)?;
            // Only the first was found out.
            let forced = Forced::OnDay(day, cents + place * 10_000);
            let temper = Temper { forced, loyal: 0, fraud: place == 0, ..Temper::steady() };
            self.motor(random, &person, &PRIVATE_MODELS, start, temper, &mut written)?;
            self.serve(random, &person, 1)?;
            customers.push(id('C', person.number));
        }
        let (policies, claims) = (&written.policies, &written.claims);
        self.truth.story(Story::FraudRing.name(), &customers, policies, claims, Some(written.claims_cost))
    }
}
