//! The journal of a book: each policy, endorsement, receipt, claim and cost is booked by the posting rules of China's
//! pack, in the order of time, and the journal is proved from its stored bytes.
//!
//! The pack's rules are data; two more of this host stand beside them, for a premium that is given back later than it
//! was returned, and for what it costs to serve a customer.

use std::collections::{BTreeMap, HashMap};

use crm_core::{
    calendar::{Date, Period},
    ledger::{
        AccountCode, AmountDeclaration, BookingEvent, ChainHead, Chart, DimensionCode, DocumentReference, Entry,
        EventId, Journal, JournalName, PeriodBalance, PostingLine, PostingRule, PostingRules, PostingRulesSpec,
        SealedRecord, Side, TaxSplit, TrialBalance, china,
    },
    money::{Currency, Money, RoundingMode},
    refusal::Refusal,
    rulebook::Value,
};

use crate::{mapping::Vat, report::page::Words};

/// Entries that are posted together.
const BATCH: usize = 4_000;
/// Who wrote the rules beside the pack's.
const SOURCE: &str = "portfolio-review: this host's own rule (本示例自定)";

/// What happened, in the order in which a day books it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happening {
    /// Cover begins.
    Begin,
    /// An endorsement changes the premium.
    Endorsement,
    /// Money comes or is given back.
    Receipt,
    /// A claim was paid.
    Claim,
    /// Money was spent on a customer.
    Cost,
    /// Commission is owed to an agent, or taken back.
    Commission,
    /// Unearned premium is set aside at the end of a quarter.
    Unearned,
}

/// Something to book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Happened {
    /// When.
    pub on: Date,
    /// What.
    pub what: Happening,
    /// The number of the row behind it.
    pub id: String,
    /// The policy; of a cost the customer, of commission the agent.
    pub of: String,
    /// How much, in minor units.
    pub minor: i64,
}

/// A policy while it is booked.
struct Running {
    customer: String,
    begins: Date,
    begun: bool,
    advance: i64,
}

/// What the journal of a book is made of.
pub struct Bookkeeping {
    rules: PostingRules,
    chart: Chart,
    kinds: BTreeMap<String, Words>,
    currency: Currency,
    vat: Vat,
    policies: HashMap<String, Running>,
    unearned: i64,
}

/// A journal that was proved from its stored bytes, and what it holds.
pub struct Proved {
    /// How far it goes, with the hash that seals it.
    pub head: ChainHead,
    /// Entries.
    pub entries: usize,
    /// The chart of its accounts.
    pub chart: Chart,
    /// Trial balances at the opening and at the end.
    pub balances: [Vec<TrialBalance>; 2],
    /// What moved between the two, by account: one for each currency.
    pub year: Vec<PeriodBalance>,
}

impl Proved {
    /// What an account is called; its code where the chart has none of this code.
    #[must_use]
    pub fn account(&self, code: &AccountCode) -> Words {
        let name = self.chart.account(code);
        name.map_or_else(|| Words::both(code.as_str()), |name| Words::new(name.name_zh.clone(), name.name.clone()))
    }
}

/// The pack's rules with those of this host.
///
/// # Errors
/// None for the rules as they stand.
pub fn rules() -> Result<(PostingRules, PostingRulesSpec, Chart), Refusal> {
    let chart = china::chart()?;
    let mut spec = china::posting_rules_spec()?;
    let from = Date::parse("2007-01-01")?;
    // `whom` is the dimension of a line, by account.
    let rule = |kind: &str, text: (&str, &str), amount: &str, [debit, credit]: [&str; 2], whom: &[(&str, &str)]| {
        let line = |account: &str, side| {
            let named = whom.iter().filter(|(own, _)| *own == account).map(|(_, name)| (*name).to_owned());
            Ok::<_, Refusal>(PostingLine {
                account: account.parse()?,
                side,
                red: false,
                plus: vec![amount.to_owned()],
                minus: Vec::new(),
                dimensions: named.collect(),
            })
        };
        Ok::<_, Refusal>(PostingRule {
            event_kind: kind.to_owned(),
            text: text.0.to_owned(),
            text_zh: text.1.to_owned(),
            source: SOURCE.to_owned(),
            from,
            until: None,
            amounts: vec![AmountDeclaration {
                name: amount.to_owned(),
                meaning: text.0.to_owned(),
                meaning_zh: text.1.to_owned(),
                zero_allowed: false,
            }],
            lines: vec![line(debit, Side::Debit)?, line(credit, Side::Credit)?],
        })
    };
    let refunded = ("premium owed to the customer is paid back", "退还应付客户的保费");
    let spent = ("money spent on serving a customer", "客户服务费用支出");
    let returned = ("money spent on a customer comes back", "客户服务费用收回");
    let clawed = ("commission is taken back", "手续费追回");
    spec.rules.extend([
        rule("premium_refunded", refunded, "refunded", ["1122", "1002"], &[("1122", "customer")])?,
        rule("cost_spent", spent, "spent", ["6601", "1002"], &[("6601", "customer")])?,
        rule("cost_returned", returned, "returned", ["1002", "6601"], &[("6601", "customer")])?,
        rule(
            "commission_returned",
            clawed,
            "returned",
            ["2202.01", "6421"],
            &[("2202.01", "agent"), ("6421", "agent")],
        )?,
    ]);
    Ok((PostingRules::load(&spec, &chart)?, spec, chart))
}

impl Bookkeeping {
    /// Nothing booked yet.
    ///
    /// # Errors
    /// None for the rules as they stand.
    pub fn new(currency: Currency, vat: Vat) -> Result<Self, Refusal> {
        let (rules, spec, chart) = rules()?;
        let kinds = spec.rules.into_iter().map(|rule| (rule.event_kind, Words::new(rule.text_zh, rule.text))).collect();
        Ok(Self { rules, chart, kinds, currency, vat, policies: HashMap::new(), unearned: 0 })
    }

    /// The kinds of events that are booked, in words.
    #[must_use]
    pub const fn kinds(&self) -> &BTreeMap<String, Words> {
        &self.kinds
    }

    /// A policy, of which its customer and the day on which its premium is due are known.
    pub fn policy(&mut self, id: String, customer: String, begins: Date) {
        self.policies.insert(id, Running { customer, begins, begun: false, advance: 0 });
    }

    /// Books everything in the order of time and hands each batch of stored records on.
    ///
    /// # Errors
    /// What the core refuses, or what `keep` says.
    pub fn post<E: From<Refusal>>(
        &mut self,
        name: &JournalName,
        mut happened: Vec<Happened>,
        mut keep: impl FnMut(&[(SealedRecord, Entry)]) -> Result<(), E>,
    ) -> Result<ChainHead, E> {
        happened.sort();
        let mut journal = Journal::new(name.clone(), self.chart.clone());
        let mut entries = Vec::with_capacity(BATCH);
        for event in &happened {
            for booking in self.bookings(event)? {
                entries.push(self.rules.entry(&booking)?);
            }
            if entries.len() >= BATCH {
                keep(&flush(&mut journal, &mut entries)?)?;
            }
        }
        keep(&flush(&mut journal, &mut entries)?)?;
        Ok(journal.head().clone())
    }

    /// The events of the ledger that something leads to; what moves nothing leads to none.
    fn bookings(&mut self, event: &Happened) -> Result<Vec<BookingEvent>, Refusal> {
        match event.what {
            Happening::Begin => self.begin(event),
            Happening::Endorsement if event.minor > 0 => {
                let (net, tax) = self.parted(event.minor, event.on)?;
                self.policy_event(event, "endorsement_up", &[("premium", net), ("tax", tax)])
            }
            Happening::Endorsement => {
                // All of it against what is owed; what is then owed to the customer goes out with the refund.
                let (net, tax) = self.parted(-event.minor, event.on)?;
                let whole = ("against_receivable", -event.minor);
                self.policy_event(event, "endorsement_down", &[("premium", net), ("tax", tax), whole])
            }
            Happening::Receipt => self.receipt(event),
            Happening::Claim => {
                let mut approved = self.policy_event(event, "claim_approved", &[("claim", event.minor)])?;
                for mut paid in self.policy_event(event, "claim_paid", &[("paid", event.minor)])? {
                    paid.id = EventId::new(&format!("{}-paid", paid.id.as_str()))?;
                    approved.push(paid);
                }
                Ok(approved)
            }
            Happening::Cost => {
                let (kind, name) =
                    if event.minor > 0 { ("cost_spent", "spent") } else { ("cost_returned", "returned") };
                self.booking(event, kind, &[(name, event.minor.abs())], Some(("customer", &event.of)))
            }
            Happening::Commission if event.minor > 0 => {
                let amounts = [("commission", event.minor), ("tax", 0)];
                self.booking(event, "commission_accrued", &amounts, Some(("agent", &event.of)))
            }
            Happening::Commission => {
                let amounts = [("returned", -event.minor)];
                self.booking(event, "commission_returned", &amounts, Some(("agent", &event.of)))
            }
            Happening::Unearned => {
                // Premium is set aside without its tax.
                let (net, _) = self.parted(event.minor, event.on)?;
                let change = net - self.unearned;
                self.unearned = net;
                let kind = if change > 0 { "unearned_premium_up" } else { "unearned_premium_release" };
                self.booking(event, kind, &[("change", change.abs())], None)
            }
        }
    }

    fn begin(&mut self, event: &Happened) -> Result<Vec<BookingEvent>, Refusal> {
        let (net, tax) = self.parted(event.minor, event.on)?;
        let Some(policy) = self.policies.get_mut(&event.of) else { return Ok(Vec::new()) };
        policy.begun = true;
        let from_advance = policy.advance.min(event.minor);
        policy.advance -= from_advance;
        if from_advance > 0 {
            let amounts = [("premium", net), ("tax", tax), ("from_advance", from_advance), ("received", 0)];
            return self.policy_event(event, "policy_start", &amounts);
        }
        self.policy_event(event, "premium_due", &[("premium", net), ("tax", tax)])
    }

    fn receipt(&mut self, event: &Happened) -> Result<Vec<BookingEvent>, Refusal> {
        let Some(policy) = self.policies.get_mut(&event.of) else { return Ok(Vec::new()) };
        if event.minor < 0 {
            return self.policy_event(event, "premium_refunded", &[("refunded", -event.minor)]);
        }
        if event.on < policy.begins && !policy.begun {
            policy.advance += event.minor;
            return self.policy_event(event, "premium_received_before_start", &[("received", event.minor)]);
        }
        self.policy_event(event, "premium_collected", &[("received", event.minor)])
    }

    fn policy_event(
        &self,
        event: &Happened,
        kind: &str,
        amounts: &[(&str, i64)],
    ) -> Result<Vec<BookingEvent>, Refusal> {
        let customer = self.policies.get(&event.of).map(|policy| ("customer", policy.customer.as_str()));
        self.booking(event, kind, amounts, customer)
    }

    /// One event; none where the first amount, which a rule needs, is nothing.
    fn booking(
        &self,
        event: &Happened,
        kind: &str,
        amounts: &[(&str, i64)],
        whom: Option<(&str, &str)>,
    ) -> Result<Vec<BookingEvent>, Refusal> {
        if amounts.first().is_none_or(|(_, minor)| *minor <= 0) {
            return Ok(Vec::new());
        }
        let amounts =
            amounts.iter().map(|(name, minor)| ((*name).to_owned(), Money::from_minor(*minor, self.currency)));
        let mut dimensions = BTreeMap::new();
        if let Some((name, code)) = whom {
            dimensions.insert(name.to_owned(), DimensionCode::new(code)?);
        }
        Ok(vec![BookingEvent {
            id: EventId::new(&format!("{}-{}", prefix(event.what), event.id))?,
            event_kind: kind.to_owned(),
            on: event.on,
            reference: Some(DocumentReference::new(&event.id)?),
            amounts: amounts.collect(),
            dimensions,
        }])
    }

    /// Premium and tax of an amount as the book holds it.
    fn parted(&self, minor: i64, on: Date) -> Result<(i64, i64), Refusal> {
        if self.vat == Vat::None {
            return Ok((minor, 0));
        }
        let Value::Decimal(rate) = self.rules.parameter("vat_rate", on)?.value else { return Ok((minor, 0)) };
        let split = TaxSplit::of_gross(Money::from_minor(minor, self.currency), rate, RoundingMode::HalfUp)?;
        Ok((split.net.minor(), split.tax.minor()))
    }

    /// The journal that these stored records make, proved link by link, with its balances on two days.
    ///
    /// # Errors
    /// `ledger.chain.broken` for the first record that was touched, `ledger.chain.head` when they don't lead to the head.
    pub fn prove(
        self,
        name: JournalName,
        records: &[SealedRecord],
        head: &ChainHead,
        [opening, as_of]: [Date; 2],
    ) -> Result<Proved, Refusal> {
        let journal = Journal::load(name, self.chart.clone(), records, Some(head))?;
        let balances = [journal.trial_balances(opening)?, journal.trial_balances(as_of)?];
        let year = journal.period_balances(Period::new(opening.plus_days(1)?, as_of.plus_days(1)?)?)?;
        Ok(Proved { head: journal.head().clone(), entries: journal.entries(), chart: self.chart, balances, year })
    }
}

fn flush(journal: &mut Journal, entries: &mut Vec<Entry>) -> Result<Vec<(SealedRecord, Entry)>, Refusal> {
    let batch = std::mem::take(entries);
    let outcomes = journal.post_all(batch.clone())?;
    let kept = outcomes.into_iter().zip(batch);
    Ok(kept.filter_map(|(outcome, entry)| Some((outcome.record?, entry))).collect())
}

/// What stands before the number of a row in the number of its event: numbers of different tables may be equal.
const fn prefix(what: Happening) -> &'static str {
    match what {
        Happening::Begin => "due",
        Happening::Endorsement => "endorsement",
        Happening::Receipt => "receipt",
        Happening::Claim => "claim",
        Happening::Cost | Happening::Commission => "cost",
        Happening::Unearned => "unearned",
    }
}
