//! Every order of recording.

use std::collections::BTreeMap;

use crm_core::{
    calendar::Date,
    product::{
        ChangeAction, ChangeCommand, ChangeEvent, ChangeId, ChangeRules, CoverPrices, EffectiveChange, InsuredRisk,
        PinnedBy, PinnedPrice, PolicyChanges, Proration, RefundRules, apply_change, decide_change,
    },
    refusal::{Code, Refusal},
    rulebook::Value,
    wire,
};
use proptest::{prelude::*, strategy::ValueTree as _};

use crate::{
    model,
    world::{Tariff, World, cancel, change, date, level, refund_rules, setup, tariff_change, usage, worlds},
};

/// Something that records changes and says what they cost.
trait Recorder: Clone {
    fn issue(world: &World, recorded_on: Date) -> Self;
    /// Records; false when the change is refused.
    fn record(&mut self, change: &EffectiveChange, recorded_on: Date, published: bool, refunds: &RefundRules) -> bool;
    /// The sum of all charges, in cents, and of each coverage where the recorder keeps it.
    fn charged(&self) -> (Option<BTreeMap<String, i64>>, i64);
}

/// The subject.
#[derive(Clone)]
struct Subject(PolicyChanges);

/// A refusal of a change that can't be recorded yet, or no longer.
fn is_of_order(refusal: &Refusal) -> bool {
    [
        Code::ProductChangeBuiltOn,
        Code::ProductChangeCoverMissing,
        Code::ProductChangeCoverPresent,
        Code::ProductChangeEnded,
        Code::ProductChangeNotEnded,
        Code::ProductChangeNoCover,
    ]
    .contains(&refusal.code())
}

fn issued(world: &World, recorded_on: Date, prices: &dyn CoverPrices) -> PolicyChanges {
    let command = ChangeCommand::Issue { setup: world.setup.clone(), recorded_on };
    let refunds = refund_rules();
    let events = decide_change(None, &command, ChangeRules { prices, refunds: &refunds }).unwrap();
    events.iter().fold(None, apply_change).unwrap()
}

fn recorded(
    policy: &PolicyChanges,
    change: &EffectiveChange,
    recorded_on: Date,
    rules: ChangeRules<'_>,
) -> Result<PolicyChanges, Refusal> {
    let command = ChangeCommand::Record { change: change.clone(), recorded_on };
    let events = decide_change(Some(policy), &command, rules)?;
    Ok(events.iter().fold(Some(policy.clone()), apply_change).unwrap())
}

fn sums(policy: &PolicyChanges) -> (Option<BTreeMap<String, i64>>, i64) {
    let mut coverages: BTreeMap<String, i64> = BTreeMap::new();
    for charge in policy.charges.iter().flat_map(|charge| &charge.coverages) {
        *coverages.entry(charge.coverage.clone()).or_default() += charge.amount.minor();
    }
    (Some(coverages), policy.charges.iter().map(|charge| charge.amount.minor()).sum())
}

impl Recorder for Subject {
    fn issue(world: &World, recorded_on: Date) -> Self {
        Self(issued(world, recorded_on, &Tariff { published: false }))
    }

    fn record(&mut self, change: &EffectiveChange, recorded_on: Date, published: bool, refunds: &RefundRules) -> bool {
        match recorded(&self.0, change, recorded_on, ChangeRules { prices: &Tariff { published }, refunds }) {
            Ok(policy) => {
                self.0 = policy;
                true
            }
            Err(refusal) => {
                assert!(is_of_order(&refusal), "{refusal}");
                false
            }
        }
    }

    fn charged(&self) -> (Option<BTreeMap<String, i64>>, i64) {
        sums(&self.0)
    }
}

/// All orders of recording, half of each before and half after the second version of the tariff is published; every one
/// that goes through must charge what the model says. How many there were.
fn path_does_not_matter<R: Recorder>(world: &World) -> Result<usize, String> {
    let expected = model::price(world);
    let refunds = refund_rules();
    // The first recordings lie before the tariff changes, the later ones after it.
    let first_day = tariff_change().plus_days(-(world.changes.len() as i64 / 2) - 1).unwrap();
    let mut count = 0;
    let mut open: Vec<(R, Vec<usize>)> = vec![(R::issue(world, first_day), Vec::new())];
    while let Some((recorder, order)) = open.pop() {
        if order.len() == world.changes.len() {
            count += 1;
            let (coverages, total) = recorder.charged();
            if total != expected.1 {
                return Err(format!("{order:?}: {total} instead of {}", expected.1));
            }
            // A minimum is spread over the coverages; the model knows it for the whole policy.
            let plain = expected.0.values().sum::<i64>() == expected.1;
            if plain
                && coverages.is_some_and(|found| expected.0.iter().any(|(name, price)| found.get(name) != Some(price)))
            {
                return Err(format!("{order:?}: coverages differ"));
            }
            continue;
        }
        for next in (0..world.changes.len()).filter(|next| !order.contains(next)) {
            let mut recorder = recorder.clone();
            let recorded_on = first_day.plus_days(1 + order.len() as i64).unwrap();
            // The last recording always knows the published tariff.
            let published = order.len() + 1 > world.changes.len() / 2;
            if recorder.record(&world.changes[next], recorded_on, published, &refunds) {
                let mut order = order.clone();
                order.push(next);
                open.push((recorder, order));
            }
        }
    }
    if count == 0 {
        return Err("no order goes through, not even that of effect".to_owned());
    }
    Ok(count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn law_4_the_path_does_not_matter(world in worlds()) {
        let outcome = path_does_not_matter::<Subject>(&world);
        prop_assert!(outcome.is_ok(), "{:?} {:?}", outcome, world);
    }

    /// Taking a change back and recording it again changes nothing; what is refused says what is built on it.
    #[test]
    fn law_4_withdrawing_leads_back(world in worlds(), which in 0_usize..5) {
        let (prices, refunds) = (Tariff { published: true }, refund_rules());
        let rules = ChangeRules { prices: &prices, refunds: &refunds };
        let mut policy = issued(&world, tariff_change(), &prices);
        for change in &world.changes {
            policy = recorded(&policy, change, tariff_change(), rules).unwrap();
        }
        let before = sums(&policy);
        let change = &world.changes[which % world.changes.len()];
        let withdraw = ChangeCommand::Withdraw { id: change.id.clone(), recorded_on: tariff_change() };
        match decide_change(Some(&policy), &withdraw, rules) {
            Err(refusal) => prop_assert_eq!(refusal.code(), Code::ProductChangeBuiltOn),
            Ok(events) => {
                let without = events.iter().fold(Some(policy.clone()), apply_change).unwrap();
                let others: Vec<_> = world.changes.iter().filter(|other| other.id != change.id).cloned().collect();
                let expected = model::price(&World { changes: others, ..world.clone() });
                prop_assert_eq!(sums(&without).1, expected.1);
                // The number is used up; the same change under another one leads back.
                let again = EffectiveChange { id: ChangeId::new("E-again").unwrap(), ..change.clone() };
                let refused = recorded(&without, change, tariff_change(), rules).unwrap_err();
                prop_assert_eq!(refused.code(), Code::ProductChangeIdTaken);
                let back = recorded(&without, &again, tariff_change(), rules).unwrap();
                prop_assert_eq!(sums(&back), before);
            }
        }
    }

    /// Charges of coverages add up to charges, charges to the price; each price replays from its trace.
    #[test]
    fn law_1_and_3_every_charge_adds_up_and_explains_itself(world in worlds()) {
        let (prices, refunds) = (Tariff { published: true }, refund_rules());
        let rules = ChangeRules { prices: &prices, refunds: &refunds };
        let mut policy = issued(&world, tariff_change(), &prices);
        for change in &world.changes {
            policy = recorded(&policy, change, tariff_change(), rules).unwrap();
            let price = policy.price().unwrap();
            let charge = policy.charges.last().unwrap();
            let of_coverages: i64 = charge.coverages.iter().map(|one| one.amount.minor()).sum();
            prop_assert_eq!(charge.amount.minor(), of_coverages);
            prop_assert_eq!(charge.after, price.total);
            prop_assert_eq!(sums(&policy).1, price.total.minor());
            for one in &price.coverages {
                prop_assert_eq!(one.trace.replay().unwrap(), Value::Decimal(one.price.amount()));
                prop_assert!(!one.price.is_negative() && !one.refunded.is_negative());
                prop_assert_eq!(one.price.plus(one.refunded).unwrap(), one.charged);
            }
            if let Some(retention) = &price.retention {
                prop_assert_eq!(retention.retained, price.total);
                prop_assert_eq!(retention.by_method.plus(retention.added).unwrap(), retention.retained);
            }
            let json = wire::to_stored(&policy).unwrap();
            prop_assert_eq!(&wire::from_stored::<PolicyChanges>(json.as_bytes()).unwrap(), &policy);
        }
    }
}

/// A mutant that prices every version by the day of recording.
#[derive(Clone)]
struct ByRecordingDate(PolicyChanges);

struct Today(Date);

impl CoverPrices for Today {
    fn annual(&self, risk: &InsuredRisk, coverage: &str, _: Date) -> Result<PinnedPrice, Refusal> {
        Tariff { published: true }.annual(risk, coverage, self.0)
    }
}

impl Recorder for ByRecordingDate {
    fn issue(world: &World, recorded_on: Date) -> Self {
        Self(issued(world, recorded_on, &Today(recorded_on)))
    }

    fn record(&mut self, change: &EffectiveChange, recorded_on: Date, _: bool, refunds: &RefundRules) -> bool {
        let today = Today(recorded_on);
        let policy = recorded(&self.0, change, recorded_on, ChangeRules { prices: &today, refunds });
        policy.map(|policy| self.0 = policy).is_ok()
    }

    fn charged(&self) -> (Option<BTreeMap<String, i64>>, i64) {
        sums(&self.0)
    }
}

/// A mutant that charges the difference of annual prices as they stand when a change is recorded, for the rest of the
/// term, and never looks back: how endorsements are often priced.
#[derive(Clone)]
struct Onwards {
    world: World,
    seen: Vec<EffectiveChange>,
    charged: i64,
}

impl Recorder for Onwards {
    fn issue(world: &World, _: Date) -> Self {
        let issued = World { changes: Vec::new(), ..world.clone() };
        Self { charged: model::price(&issued).1, world: world.clone(), seen: Vec::new() }
    }

    fn record(&mut self, change: &EffectiveChange, _: Date, _: bool, _: &RefundRules) -> bool {
        // As if nothing that was recorded before took effect after this change.
        let mut before: Vec<_> = self.seen.iter().filter(|one| one.effective <= change.effective).cloned().collect();
        before.sort_by_key(|one| (one.effective, one.place));
        let mut after = before.clone();
        after.push(change.clone());
        let price = |changes: Vec<EffectiveChange>| model::price(&World { changes, ..self.world.clone() }).1;
        self.charged += price(after) - price(before);
        self.seen.push(change.clone());
        true
    }

    fn charged(&self) -> (Option<BTreeMap<String, i64>>, i64) {
        (None, self.charged)
    }
}

/// Two changes of one coverage and one of the policy around the day on which the tariff changes, and a cancellation.
fn four_changes() -> World {
    let setup = setup(12, PinnedBy::Effective, Proration::Daily {});
    let changes = vec![
        change(0, date("2027-06-01"), 0, ChangeAction::ChangeCover { coverage: "a".to_owned(), terms: level(5) }),
        change(1, date("2027-09-15"), 0, ChangeAction::ChangeCover { coverage: "a".to_owned(), terms: level(3) }),
        change(2, date("2027-10-01"), 0, ChangeAction::ChangePolicy { terms: usage(4) }),
        change(3, date("2027-12-01"), 0, cancel(1, date("2027-11-20"))),
    ];
    World { setup, changes }
}

#[test]
fn law_4_catches_pricing_by_recording_date() {
    let world = four_changes();
    // A cancellation ends the policy for what takes effect later, not for what is recorded later.
    assert_eq!(path_does_not_matter::<Subject>(&world), Ok(24));
    assert!(path_does_not_matter::<ByRecordingDate>(&world).is_err());
}

#[test]
fn law_4_catches_charges_that_never_look_back() {
    let mut world = four_changes();
    world.changes.truncate(2);
    assert_eq!(path_does_not_matter::<Subject>(&world), Ok(2));
    assert!(path_does_not_matter::<Onwards>(&world).is_err());
}

/// A cancellation, a reinstatement after days without cover, changes before and after, under every rule of retention.
fn five_changes(retention: usize, pinned_by: PinnedBy, proration: Proration) -> World {
    let setup = setup(18, pinned_by, proration);
    let undone = cancel(retention, date("2027-08-20"));
    let cover = |coverage: &str| coverage.to_owned();
    let changes = vec![
        change(0, date("2027-05-05"), 0, ChangeAction::AddCover { coverage: cover("c"), terms: level(1) }),
        change(1, date("2027-08-20"), 0, undone),
        change(2, date("2027-10-01"), 0, ChangeAction::Reinstate { undoes: ChangeId::new("E-1").unwrap() }),
        change(3, date("2027-10-01"), 1, ChangeAction::RemoveCover { coverage: cover("b") }),
        change(4, date("2028-03-31"), 0, cancel(retention, date("2028-03-31"))),
    ];
    World { setup, changes }
}

#[test]
fn law_4_under_every_rule_of_retention() {
    for retention in 0..crate::world::retentions().len() {
        for pinned_by in [PinnedBy::Inception, PinnedBy::Effective] {
            for proration in [Proration::Daily {}, Proration::WholeTerm {}] {
                let mut world = five_changes(retention, pinned_by, proration);
                // The second cancellation and the removal in either order, c before or after anything.
                assert_eq!(path_does_not_matter::<Subject>(&world), Ok(10), "{retention} {pinned_by:?}");
                world.changes.remove(3);
                world.changes.truncate(3);
                assert_eq!(path_does_not_matter::<Subject>(&world), Ok(3), "{retention} {pinned_by:?}");
            }
        }
    }
}

/// The generated worlds are worth asking: most have several orders, and together they hold every kind of change.
#[test]
fn generated_worlds_have_many_orders() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut several, mut orders, mut seen) = (0, 0, std::collections::BTreeSet::new());
    for _ in 0..60 {
        let world = worlds().new_tree(&mut runner).unwrap().current();
        let count = path_does_not_matter::<Subject>(&world).unwrap();
        (several, orders) = (several + usize::from(count > 1), orders + count);
        for change in &world.changes {
            let json = wire::to_json(&change.action).unwrap();
            seen.insert(json.split('"').nth(1).unwrap().to_owned());
        }
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
    assert!(several > 30 && orders > 600, "{several} worlds with several orders, {orders} orders");
}

/// The model itself, against figures worked out by hand.
#[test]
fn the_model_says_what_a_person_would() {
    let mut world = four_changes();
    world.changes.clear();
    // 95,003 for a; 120,007 and twice 1,117 for b.
    assert_eq!(model::price(&world).1, 95_003 + 122_241);
    world.changes = vec![change(0, date("2027-09-01"), 0, cancel(0, date("2027-09-01")))];
    // 184 days of 366: 2028 has a 29 February.
    let kept = |annual: i64| annual - (annual * 182 * 2 + 366) / (366 * 2);
    assert_eq!(model::price(&world).1, kept(95_003) + kept(122_241));
}

/// Events alone lead to the policy.
#[test]
fn events_lead_to_the_policy() {
    let world = four_changes();
    let (prices, refunds) = (Tariff { published: true }, refund_rules());
    let rules = ChangeRules { prices: &prices, refunds: &refunds };
    let mut policy: Option<PolicyChanges> = None;
    let mut events: Vec<ChangeEvent> = Vec::new();
    let issue = ChangeCommand::Issue { setup: world.setup.clone(), recorded_on: tariff_change() };
    let records = world
        .changes
        .iter()
        .map(|change| ChangeCommand::Record { change: change.clone(), recorded_on: tariff_change() });
    for command in [issue].into_iter().chain(records) {
        let decided = decide_change(policy.as_ref(), &command, rules).unwrap();
        policy = decided.iter().fold(policy, apply_change);
        events.extend(decided);
    }
    let stored: Vec<String> = events.iter().map(|event| wire::to_stored(event).unwrap()).collect();
    let again = stored.iter().map(|json| wire::from_stored::<ChangeEvent>(json.as_bytes()).unwrap());
    let again = again.fold(None, |policy, event| apply_change(policy, &event));
    assert_eq!(again, policy);
    // An event that does not fit changes nothing.
    assert_eq!(apply_change(None, &events[1]), None);
    assert_eq!(apply_change(policy.clone(), &events[0]), policy);
}
