//! The audit trail: its entries on the wire.

use crm_core::{
    access::{AuditEntry, AuditEvent, Permission, RowOwner},
    privacy::{Clearance, FieldClass, FieldTable, Mask, Personal, Sensitivity, Showing},
    wire,
};
use serde::Serialize;

use super::{day, of, viewer};

#[derive(Serialize)]
struct Contact {
    name: Personal,
    phones: Vec<Personal>,
}

#[test]
fn entries_name_fields_and_cross_the_wire() {
    let table = FieldTable::load(
        "contact",
        &[
            FieldClass::new("/name", Sensitivity::Personal, Some(Mask::Name)),
            FieldClass::new("/phones/*", Sensitivity::Personal, Some(Mask::Mobile)),
        ],
    )
    .unwrap();
    let contact = Contact { name: "段正淳".into(), phones: vec!["18049531999".into(), "13912345678".into()] };
    let clearance = Clearance {
        classes: [(Sensitivity::Personal, Showing::Masked)].into(),
        kinds: [(Mask::Mobile, Showing::Full)].into(),
    };
    let view = table.view(&contact, &clearance).unwrap();
    let entry = AuditEvent::viewed(&view, "C-0042".parse().unwrap()).by(&viewer("op-17"), day(0), "renewal call");
    let text = wire::to_json(&entry).unwrap();
    assert_eq!(
        text,
        r#"{"by":"op-17","on":"2026-01-01","purpose":"renewal call","event":{"viewed":{"record":"contact","id":"C-0042","revealed":["/phones/*"],"masked":["/name"]}}}"#
    );
    assert_eq!(of::<AuditEntry>(&text), entry);

    let owners: Vec<RowOwner> = of(r#"[{"company":"one"},{"company":"two"}]"#);
    let visible = viewer("op-17").sift(&owners).withheld().clone();
    let listed = AuditEvent::Listed { query: "portfolio.review".parse().unwrap(), rows: 0, withheld: visible };
    assert_eq!(
        wire::to_json(&listed).unwrap(),
        r#"{"listed":{"query":"portfolio.review","rows":0,"withheld":{"rows":2,"by_reason":{"other_company":1,"no_sight":1}}}}"#
    );
    let acted = AuditEvent::Acted {
        act: "ledger.write_off".parse().unwrap(),
        id: Some("R-12".parse().unwrap()),
        permission: Permission::AboveLimit,
    };
    for event in [listed, acted] {
        assert_eq!(of::<AuditEvent>(&wire::to_json(&event).unwrap()), event);
    }
}
