//! Masked views: nothing leaks (law 10), tables that speak of every field, masks that never show a short value.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;

use crm_core::{
    access::{Viewed, customer_fields},
    calendar::Date,
    party::{CustomerRecord, check_resident_id},
    privacy::{Clearance, FieldClass, FieldTable, Mask, MaskedView, Personal, Sensitivity, Showing},
    refusal::Refusal,
    wire,
};
use proptest::prelude::*;
use serde::Serialize;

#[path = "privacy/child.rs"]
mod child;
#[path = "privacy/leaks.rs"]
mod leaks;
#[path = "privacy/numbers.rs"]
mod numbers;
#[path = "privacy/samples.rs"]
mod samples;
#[path = "privacy/sources.rs"]
mod sources;

const MASKS: [Mask; 11] = [
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
const CLASSES: [Sensitivity; 4] =
    [Sensitivity::Public, Sensitivity::Internal, Sensitivity::Personal, Sensitivity::Sensitive];
const SHOWINGS: [Showing; 3] = [Showing::Hidden, Showing::Masked, Showing::Full];

fn times() -> u32 {
    std::env::var("CRM_LAWS").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases: cases * times(), failure_persistence: None, ..Default::default() }
}

/// The same showing for every class.
fn everywhere(showing: Showing) -> Clearance {
    Clearance { classes: CLASSES.map(|class| (class, showing)).into(), kinds: BTreeMap::new() }
}

fn clearance() -> impl Strategy<Value = Clearance> {
    let showing = proptest::sample::select(SHOWINGS.to_vec());
    let classes = proptest::collection::btree_map(proptest::sample::select(CLASSES.to_vec()), showing.clone(), 0..4);
    let kinds = proptest::collection::btree_map(proptest::sample::select(MASKS.to_vec()), showing, 0..4);
    (classes, kinds).prop_map(|(classes, kinds)| Clearance { classes, kinds })
}

fn lines(rows: &[(&str, Sensitivity, Option<Mask>)]) -> Vec<FieldClass> {
    rows.iter().map(|(field, class, mask)| FieldClass::new(field, *class, *mask)).collect()
}

fn table(rows: &[(&str, Sensitivity, Option<Mask>)]) -> FieldTable {
    FieldTable::load("test", &lines(rows)).unwrap()
}

fn faults(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

fn resident_ids() -> Vec<crm_core::party::ResidentId> {
    let today = Date::parse("2026-03-01").unwrap();
    // The region of the second is unknown and gives a notice.
    ["11010519491231002X", "110105260101996"].map(|number| check_resident_id(number, today).unwrap()).into()
}

#[test]
fn the_tables_speak_of_every_field() {
    struct Proven;
    impl Each for Proven {
        fn look<T: Viewed>(&mut self, samples: &[T]) {
            let proven = T::fields().unwrap().prove(samples);
            assert!(proven.is_ok(), "{}: {:?}", T::RECORD, proven.map_err(|refusal| faults(&refusal)));
        }
    }
    every_record(&mut Proven);
}

/// Something to do with the samples of every record.
trait Each {
    fn look<T: Viewed>(&mut self, samples: &[T]);
}

fn every_record(each: &mut impl Each) {
    each.look(&samples::customers());
    each.look(&resident_ids());
    each.look(&samples::objects());
    each.look(&samples::object_events());
    each.look(&samples::changes());
    each.look(&samples::attribute_books());
    each.look(&samples::attribute_events());
    each.look(&samples::relations());
    each.look(&samples::relation_books());
    each.look(&samples::relation_events());
    numbers::every_number(each);
}

/// The mutants of the proof: a table without one of its lines, one line at a time.
#[test]
fn a_table_with_a_line_missing_is_caught() {
    fn mutants<T: Serialize>(whole: &FieldTable, samples: &[T], full: impl Fn(&FieldTable) -> Vec<String>) {
        let fields: Vec<FieldClass> = whole.fields().cloned().collect();
        for (index, missing) in fields.iter().enumerate() {
            let mut rest = fields.clone();
            rest.remove(index);
            // A line for a struct or list as a whole stands beside the lines of its fields and only adds to them.
            if rest.iter().any(|line| line.field.starts_with(&format!("{}/", missing.field))) {
                continue;
            }
            let mutant = FieldTable::load("mutant", &rest).unwrap();
            let refusal = mutant.prove(samples).unwrap_err();
            // The path of a fault shows the keys of a map as it shows any of its entries.
            let place = missing.field.replace('#', "*");
            assert!(faults(&refusal).contains(&format!("privacy.field.unlisted {place}")), "{refusal}");
            // And what it forgets is shown to nobody.
            assert!(full(&mutant).contains(&missing.field), "{}", missing.field);
        }
    }
    struct Mutants;
    impl Each for Mutants {
        fn look<T: Viewed>(&mut self, samples: &[T]) {
            mutants(&T::fields().unwrap(), samples, |mutant| {
                let views = samples.iter().map(|record| mutant.view(record, &Clearance::full()).unwrap());
                views.flat_map(|view| view.unlisted).collect()
            });
        }
    }
    every_record(&mut Mutants);
}

#[test]
fn full_clearance_shows_the_record_as_it_is() {
    for record in samples::customers() {
        let view = customer_fields().unwrap().view(&record, &Clearance::full()).unwrap();
        assert_eq!(view.view.reveal(), wire::to_json(&record).unwrap());
        assert_eq!(wire::from_json::<CustomerRecord>(view.view.reveal().as_bytes()).unwrap(), record);
        assert!(view.unlisted.is_empty() && view.masked.is_empty() && view.hidden.is_empty());
        assert!(view.revealed.contains(&"/documents/*/number".to_owned()));
    }
}

#[test]
fn a_customer_as_a_clerk_sees_him() {
    let clerk = Clearance {
        classes: [(Sensitivity::Internal, Showing::Full), (Sensitivity::Personal, Showing::Masked)].into(),
        kinds: [(Mask::Mobile, Showing::Full), (Mask::Document, Showing::Masked)].into(),
    };
    let view = customer_fields().unwrap().view(&samples::customers()[0], &clerk).unwrap();
    let shown = view.view.reveal();
    for part in [
        r#""name":"段**""#,
        r#""birth":"1990-**-**""#,
        r#""sex":null"#,
        r#""health":null"#,
        r#""mobile":{"number":"18049531999","usual":true}"#,
        r#""address":"北京市海淀区马********""#,
        r#"{"document":"resident_id","number":"5***************1X","valid_from":null,"valid_until":null}"#,
        r#"{"card":{"number":null,"bank":"***"}}"#,
        r#""plate":"陕A1****D""#,
        r#""amount":null"#,
        r#""content":null"#,
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert_eq!(view.revealed, ["/contacts/*/mobile/number", "/vehicles/*/user/person/phone"]);
    assert!(view.hidden.contains(&"/accounts/*/card/number".to_owned()));
    assert!(view.masked.contains(&"/documents/*/number".to_owned()));
}

#[test]
fn faults_of_tables() {
    let refused =
        |rows: &[(&str, Sensitivity, Option<Mask>)]| faults(&FieldTable::load("test", &lines(rows)).unwrap_err());
    for pattern in ["", "a", "/", "/a/", "//a", "/#/a", "/a/#/b"] {
        assert_eq!(refused(&[(pattern, Sensitivity::Public, None)]), ["privacy.field.pattern /0/field"], "{pattern}");
    }
    for (one, other) in [("/a", "/a"), ("/a/*", "/a/b"), ("/a/b/*", "/a/*/c"), ("/a/#", "/a/#")] {
        let rows = [(one, Sensitivity::Personal, None), (other, Sensitivity::Public, None)];
        assert_eq!(refused(&rows), ["privacy.field.overlap /1/field"], "{one} {other}");
    }
    // A map's keys, its entries and the map itself are three places.
    table(&[
        ("/a", Sensitivity::Public, None),
        ("/a/*", Sensitivity::Public, None),
        ("/a/#", Sensitivity::Public, None),
    ]);
    let many: Vec<FieldClass> =
        (0..1001).map(|n| FieldClass::new(&format!("/f{n}"), Sensitivity::Public, None)).collect();
    assert_eq!(faults(&FieldTable::load("test", &many).unwrap_err()), ["privacy.field.too_many "]);
    assert!(FieldTable::load("test", &many[..1000]).is_ok());
}

#[derive(Serialize)]
struct Sample {
    name: Personal,
    notes: BTreeMap<String, Personal>,
    by_name: BTreeMap<PersonKey, i64>,
    age: Option<i64>,
    vip: bool,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct PersonKey(&'static str);

impl Serialize for PersonKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Personal::from(self.0).serialize(serializer)
    }
}

fn sample() -> Sample {
    Sample {
        name: "段正淳".into(),
        notes: [("2026/1".to_owned(), "高血压".into())].into(),
        by_name: [(PersonKey("段誉"), 1)].into(),
        age: Some(36),
        vip: true,
    }
}

const SAMPLE: &[(&str, Sensitivity, Option<Mask>)] = &[
    ("/name", Sensitivity::Personal, Some(Mask::Name)),
    ("/notes/#", Sensitivity::Internal, None),
    ("/notes/*", Sensitivity::Sensitive, Some(Mask::Whole)),
    ("/by_name/#", Sensitivity::Public, None),
    ("/by_name/*", Sensitivity::Internal, None),
    ("/age", Sensitivity::Personal, None),
    ("/vip", Sensitivity::Public, None),
];

#[test]
fn proofs_find_what_a_table_gets_wrong() {
    let told = |rows: &[(&str, Sensitivity, Option<Mask>)], samples: &[Sample]| {
        table(rows).prove(samples).map_err(|refusal| faults(&refusal))
    };
    // A key that is a personal text is no public one. (Paths show what is no name as `*`.)
    assert_eq!(told(SAMPLE, &[sample()]), Err(vec!["privacy.field.understated /by_name/*".to_owned()]));
    let mut right = SAMPLE.to_vec();
    right[3].1 = Sensitivity::Personal;
    assert_eq!(told(&right, &[sample()]), Ok(()));
    let mut twisted = right.clone();
    twisted[0] = ("/nam", Sensitivity::Personal, Some(Mask::Name));
    let expected = ["privacy.field.unlisted /name".to_owned(), "privacy.field.unmatched /nam".to_owned()];
    assert_eq!(told(&twisted, &[sample()]), Err(expected.to_vec()));
    let empty = || Sample { age: None, by_name: BTreeMap::new(), ..sample() };
    let expected = [
        "privacy.field.unmatched /by_name/*",
        "privacy.field.unmatched /by_name/*",
        "privacy.field.unsampled /by_name",
        "privacy.field.unsampled /age",
    ];
    assert_eq!(told(&right, &[empty()]), Err(expected.map(str::to_owned).to_vec()));
    assert_eq!(told(&right, &[empty(), sample()]), Ok(()));
}

#[test]
fn keys_of_maps_are_shown_or_the_map_is_not() {
    let internal = Clearance { classes: [(Sensitivity::Internal, Showing::Full)].into(), kinds: BTreeMap::new() };
    let view = table(SAMPLE).view(&sample(), &internal).unwrap();
    // The keys of `by_name` are personal texts, whatever the table says.
    assert_eq!(view.view.reveal(), r#"{"name":null,"notes":{"2026/1":null},"by_name":null,"age":null,"vip":true}"#);
    let view = table(SAMPLE).view(&sample(), &everywhere(Showing::Masked)).unwrap();
    assert_eq!(view.view.reveal(), r#"{"name":"段**","notes":null,"by_name":null,"age":null,"vip":true}"#);
    let without = table(&SAMPLE[..1]).view(&sample(), &Clearance::full()).unwrap();
    assert_eq!(without.view.reveal(), r#"{"name":"段正淳","notes":null,"by_name":null,"age":null,"vip":null}"#);
    assert_eq!(without.unlisted, ["/notes/#", "/by_name/#", "/age", "/vip"]);
    // Whether the forgotten field has a value makes no difference.
    let empty = table(&SAMPLE[..1]).view(&Sample { age: None, ..sample() }, &Clearance::full()).unwrap();
    assert_eq!(empty, without);
    let full = table(SAMPLE).view(&sample(), &Clearance::full()).unwrap();
    assert_eq!(full.revealed, ["/name", "/notes/*", "/by_name/#", "/age"]);
}

#[test]
fn a_personal_text_is_personal_whatever_its_line_says() {
    let mut low = SAMPLE.to_vec();
    low[0].1 = Sensitivity::Public;
    low[2].1 = Sensitivity::Internal;
    let internal = Clearance { classes: [(Sensitivity::Internal, Showing::Full)].into(), kinds: BTreeMap::new() };
    let view = table(&low).view(&sample(), &internal).unwrap();
    assert_eq!(view.view.reveal(), r#"{"name":null,"notes":{"2026/1":null},"by_name":null,"age":null,"vip":true}"#);
}

#[test]
fn a_hidden_field_does_not_tell_whether_it_has_a_value() {
    let none = Clearance::default();
    let with = table(SAMPLE).view(&sample(), &none).unwrap();
    let without = table(SAMPLE).view(&Sample { age: None, ..sample() }, &none).unwrap();
    assert_eq!(with, without);
    let (whole, mut healthy) = (samples::customers()[0].clone(), samples::customers()[0].clone());
    if let crm_core::party::Profile::Person { details } = &mut healthy.profile {
        (details.health, details.family, details.income_band) = (None, None, None);
    }
    let fields = customer_fields().unwrap();
    assert_eq!(fields.view(&whole, &none).unwrap(), fields.view(&healthy, &none).unwrap());
}

#[test]
fn what_is_personal_is_sensitive_of_a_child() {
    let masked = Clearance { classes: [(Sensitivity::Personal, Showing::Full)].into(), kinds: BTreeMap::new() };
    let view = table(SAMPLE).for_child().view(&sample(), &masked).unwrap();
    assert_eq!(
        view.view.reveal(),
        r#"{"name":null,"notes":null,"by_name":null,"age":null,"vip":true}"#
            .replace(r#""by_name":null"#, r#""by_name":{"段誉":null}"#)
    );
}

#[test]
fn changes_name_fields_and_no_values() {
    let (before, mut after) = (sample(), sample());
    after.name = "段誉".into();
    after.notes.insert("2026/1".to_owned(), "糖尿病".into());
    after.age = None;
    assert_eq!(table(SAMPLE).changed(&before, &after).unwrap(), ["/name", "/notes/*", "/age"]);
    after.notes.insert("2026/2".to_owned(), "康复".into());
    assert_eq!(table(SAMPLE).changed(&before, &after).unwrap(), ["/name", "/notes", "/age"]);
    assert!(table(SAMPLE).changed(&before, &before).unwrap().is_empty());
}

#[test]
fn what_the_wire_cannot_write_cannot_be_viewed() {
    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Deep {
        Leaf,
        Next { inside: Box<Deep> },
    }
    let mut deep = Deep::Leaf;
    for _ in 0..10_000 {
        deep = Deep::Next { inside: Box::new(deep) };
    }
    let view = |value: &dyn Fn(&FieldTable) -> Result<MaskedView, Refusal>| value(&table(&[])).unwrap_err().code();
    assert_eq!(view(&|table| table.view(&deep, &Clearance::full())).as_str(), "wire.depth");
    // Dropping it level by level: the compiler's own way would run out of stack.
    while let Deep::Next { inside } = deep {
        deep = *inside;
    }
    assert_eq!(view(&|table| table.view(&1.5_f64, &Clearance::full())).as_str(), "wire.unsupported");
    assert_eq!(view(&|table| table.view(&(1_u8, 'x'), &Clearance::full())).as_str(), "wire.unsupported");
}

proptest! {
    #![proptest_config(config(1000))]

    /// Masking twice is masking once, in a view a text is never shown whole, and one that is too short not at all.
    #[test]
    fn masks_are_idempotent_and_never_show_a_short_value(text in any::<String>(), near in "[0-9A-Z陕京张三@. -]{0,24}") {
        for mask in MASKS {
            for text in [&text, &near] {
                let once = mask.in_view(text);
                prop_assert_eq!(&mask.in_view(&once), &once, "{:?}", mask);
                let all = text.trim().chars().filter(|letter| !letter.is_whitespace()).count();
                let shown = once.chars().filter(|letter| *letter != '*' && !letter.is_whitespace()).count();
                prop_assert!(all == 0 || shown < all || text.contains('*'), "{:?}: {:?} of {:?}", mask, once, text);
            }
        }
    }

    /// Adding to a clearance takes nothing away.
    #[test]
    fn more_clearance_never_shows_less(one in clearance(), other in clearance()) {
        let both = one.clone().with(&other);
        for class in CLASSES {
            for kind in MASKS.map(Some).into_iter().chain([None]) {
                let least = one.showing(class, kind).max(other.showing(class, kind));
                prop_assert_eq!(both.showing(class, kind), least);
            }
        }
    }
}

/// The beginning of a plate stays where a text is masked by itself; a view hides it, and both hide what is no plate.
#[test]
fn the_beginning_of_a_plate_stays_outside_views_only() {
    assert_eq!(Mask::Plate.apply("京A123"), "京A123");
    assert_eq!(Mask::Plate.in_view("京A123"), "*****");
    for name in ["张三", "欧阳修", "云南王", "Anna", "138123"] {
        assert!(Mask::Plate.apply(name).chars().all(|letter| letter == '*'), "{}", name.len());
    }
}
