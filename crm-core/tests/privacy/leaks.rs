//! Law 10, nothing leaks: no view contains a planted value that its clearance does not show.

use std::sync::Arc;

use crm_core::{
    access::{AuditEvent, customer_fields},
    party::CustomerRecord,
    privacy::{Clearance, FieldClass, FieldTable, Mask, Sensitivity, Showing},
    wire,
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{CLASSES, clearance, config, samples};

/// What is planted: where in the sample's JSON, and of what class by the law's own reckoning, not by the table.
const PLANTED: &[(&str, Sensitivity)] = &[
    ("段正淳", Sensitivity::Personal),
    ("段二", Sensitivity::Personal),
    ("掌柜", Sensitivity::Personal),
    ("20-30万", Sensitivity::Sensitive),
    ("高血压", Sensitivity::Sensitive),
    ("商会成员", Sensitivity::Personal),
    ("18049531999", Sensitivity::Personal),
    ("09157518479", Sensitivity::Personal),
    ("duandazhi@gmail.com.cn", Sensitivity::Personal),
    ("北京市海淀区马连洼街道289号", Sensitivity::Personal),
    ("100094", Sensitivity::Personal),
    ("51343620000320711X", Sensitivity::Sensitive),
    ("6227880100100105123", Sensitivity::Sensitive),
    ("建设银行", Sensitivity::Personal),
    ("44001234567890123", Sensitivity::Sensitive),
    ("农业银行", Sensitivity::Personal),
    ("陕A12345D", Sensitivity::Personal),
    ("LSVAA4187C2184841", Sensitivity::Personal),
    ("BKL123456", Sensitivity::Personal),
    ("段誉", Sensitivity::Personal),
    ("13912345678", Sensitivity::Personal),
    ("11010519491231002X", Sensitivity::Sensitive),
    ("陕A54321D", Sensitivity::Personal),
    ("续保", Sensitivity::Personal),
    ("health\",\"amount", Sensitivity::Personal),
    ("只接受短信", Sensitivity::Sensitive),
    ("问及理赔", Sensitivity::Sensitive),
    ("满意", Sensitivity::Sensitive),
    ("何时到账", Sensitivity::Sensitive),
];

/// A secret of its own letters for each place, so that any of them is recognised: 1 to 30 of a block that no field uses.
fn secret(place: usize, length: usize) -> String {
    let first = 0x3400 + u32::try_from(place).unwrap() * 32;
    (0..length as u32).map(|n| char::from_u32(first + n).unwrap()).collect()
}

/// The sample with secrets in the place of its values.
fn planted(lengths: &[usize]) -> (CustomerRecord, Vec<(String, Sensitivity)>) {
    let mut json = wire::to_json(&samples::customers()[0]).unwrap();
    let mut secrets = Vec::new();
    for (place, (value, class)) in PLANTED.iter().enumerate() {
        let secret = secret(place, lengths[place]);
        assert!(json.contains(value), "{value}");
        let tail = value.split_once('"').map_or("", |_| "\",\"amount");
        json = json.replacen(value, &format!("{secret}{tail}"), 1);
        secrets.push((secret, *class));
    }
    (wire::from_json(json.as_bytes()).unwrap(), secrets)
}

type Viewing = Arc<dyn Fn(&CustomerRecord, &Clearance) -> String>;

fn law(viewing: Viewing, cases: u32) -> Result<(), String> {
    let lengths = proptest::collection::vec(1_usize..=30, PLANTED.len());
    let mut runner = TestRunner::new(config(cases));
    let holds = runner.run(&(lengths, clearance()), |(lengths, clearance)| {
        // Kinds are grants of their own; here only classes speak.
        let clearance = Clearance { kinds: [].into(), ..clearance };
        let (record, secrets) = planted(&lengths);
        let shown = viewing(&record, &clearance);
        for (place, (secret, class)) in secrets.iter().enumerate() {
            let full = clearance.showing(*class, None) == Showing::Full;
            prop_assert!(full || !shown.contains(secret), "{}", PLANTED[place].0);
        }
        Ok(())
    });
    holds.map_err(|error| error.to_string())
}

#[test]
fn law_10_nothing_leaks_in_views() {
    let table = customer_fields().unwrap();
    law(Arc::new(move |record, clearance| table.view(record, clearance).unwrap().view.reveal().to_owned()), 400)
        .unwrap();
}

/// Neither Debug nor an audit entry holds a value, not even one that the view shows in full.
#[test]
fn law_10_nothing_leaks_beside_views() {
    let (record, secrets) = planted(&[3; PLANTED.len()]);
    let (other, _) = planted(&[4; PLANTED.len()]);
    let table = customer_fields().unwrap();
    let view = table.view(&record, &Clearance::full()).unwrap();
    let viewed = AuditEvent::viewed(&view, "C-0042".parse().unwrap());
    let changed = AuditEvent::changed(&table, "C-0042".parse().unwrap(), &record, &other).unwrap();
    let proof = FieldTable::load("none", &[]).unwrap().prove(std::slice::from_ref(&record)).unwrap_err();
    let lists = format!("{:?} {:?} {:?} {:?}", view.revealed, view.masked, view.hidden, view.unlisted);
    let said = format!(
        "{view:?} {viewed:?} {changed:?} {} {} {proof} {lists}",
        wire::to_json(&viewed).unwrap(),
        wire::to_json(&changed).unwrap()
    );
    for (secret, _) in secrets {
        assert!(view.view.reveal().contains(&secret));
        assert!(!secret.chars().any(|letter| said.contains(letter)), "{said}");
    }
}

/// The mutants: tables and masks that show too much.
#[test]
fn law_10_catches_views_that_show_too_much() {
    let fields: Vec<FieldClass> = customer_fields().unwrap().fields().cloned().collect();
    // A line that says less than the law reckons. (What a `Personal` holds is safe from such a line.)
    for (field, class) in [
        ("/profile/person/details/income_band", Sensitivity::Public),
        ("/profile/person/details/income_band", Sensitivity::Personal),
        ("/accounts/*/card/bank", Sensitivity::Internal),
        ("/tags/*", Sensitivity::Public),
        ("/documents/*/number", Sensitivity::Personal),
    ] {
        let mut lower = fields.clone();
        lower.iter_mut().find(|line| line.field == field).unwrap().sensitivity = class;
        let mutant = FieldTable::load("mutant", &lower).unwrap();
        let viewing = move |record: &CustomerRecord, clearance: &Clearance| {
            mutant.view(record, clearance).unwrap().view.reveal().to_owned()
        };
        assert!(law(Arc::new(viewing), 400).is_err(), "{field}");
    }
    // A masker that shows what its table forgot: the line of the engine number is missing.
    let rest: Vec<FieldClass> = fields.iter().filter(|line| !line.field.ends_with("/engine_number")).cloned().collect();
    let table = FieldTable::load("mutant", &rest).unwrap();
    let open = move |record: &CustomerRecord, clearance: &Clearance| {
        let engine = record.vehicles[0].engine_number.as_ref().unwrap().reveal().to_owned();
        format!("{}{engine}", table.view(record, clearance).unwrap().view.reveal())
    };
    assert!(law(Arc::new(open), 50).is_err());
    // A mask that keeps one letter at either end, however short the text.
    let table = customer_fields().unwrap();
    let careless = move |record: &CustomerRecord, clearance: &Clearance| {
        let name: Vec<char> = match &record.profile {
            crm_core::party::Profile::Person { details } => details.name.reveal().chars().collect(),
            crm_core::party::Profile::Organisation { .. } => Vec::new(),
        };
        let masked: String =
            name.iter().enumerate().map(|(at, c)| if at == 0 || at + 1 == name.len() { *c } else { '*' }).collect();
        format!("{}{masked}", table.view(record, clearance).unwrap().view.reveal())
    };
    assert!(law(Arc::new(careless), 400).is_err());
}

/// A kind of field that is granted shows itself and no other kind.
#[test]
fn a_granted_kind_shows_itself_alone() {
    let (record, secrets) = planted(&[12; PLANTED.len()]);
    for mask in [Mask::Name, Mask::Mobile, Mask::Document, Mask::BankCard, Mask::Whole] {
        let clearance = Clearance { classes: [].into(), kinds: [(mask, Showing::Full)].into() };
        let shown = customer_fields().unwrap().view(&record, &clearance).unwrap().view;
        let seen: Vec<&str> = PLANTED
            .iter()
            .zip(&secrets)
            .filter(|(_, (secret, _))| shown.reveal().contains(secret))
            .map(|((value, _), _)| *value)
            .collect();
        let expected: &[&str] = match mask {
            Mask::Name => &["段正淳", "段二", "段誉"],
            Mask::Mobile => &["18049531999", "13912345678"],
            Mask::Document => &["51343620000320711X", "11010519491231002X"],
            Mask::BankCard => &["6227880100100105123", "44001234567890123"],
            _ => &[],
        };
        assert_eq!(seen, expected, "{mask:?}");
    }
    assert_eq!(CLASSES.len(), 4);
}
