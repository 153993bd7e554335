//! The fields of insured objects, attributes, relations and of their histories.

use alloc::vec::Vec;

use super::viewed::{Row, Viewed, classes};
use crate::{
    party::{
        AttributeBook, AttributeEvent, FieldChange, InsuredObject, ObjectEvent, RecordEvent, Relation, RelationBook,
        RelationEvent,
    },
    privacy::{
        FieldClass, Mask,
        Sensitivity::{Internal, Personal, Sensitive},
    },
};

/// What an object is: a vehicle as in the customer's record, a house, anything else.
const DESCRIPTION: &[Row] = &[
    ("/vehicle/details/plate", Personal, Some(Mask::Plate)),
    ("/vehicle/details/vin", Personal, Some(Mask::Vin)),
    ("/vehicle/details/engine_number", Personal, Some(Mask::Whole)),
    ("/vehicle/details/make_and_model", Internal, None),
    ("/vehicle/details/first_registered", Internal, None),
    ("/vehicle/details/user/person/name", Personal, Some(Mask::Name)),
    ("/vehicle/details/user/person/phone", Personal, Some(Mask::Mobile)),
    ("/vehicle/details/user/person/document/document", Internal, None),
    ("/vehicle/details/user/person/document/number", Sensitive, Some(Mask::Document)),
    ("/vehicle/details/user/person/document/valid_from", Personal, None),
    ("/vehicle/details/user/person/document/valid_until", Personal, None),
    ("/vehicle/details/object", Internal, None),
    ("/property/address", Personal, Some(Mask::Address)),
    ("/other/name", Personal, Some(Mask::Whole)),
];
const REPAIR: &[Row] = &[
    ("/id", Internal, None),
    ("/on", Internal, None),
    ("/workshop", Internal, None),
    ("/work", Personal, Some(Mask::Whole)),
    ("/cost/amount", Internal, None),
    ("/cost/currency", Internal, None),
];
const COVER: &[Row] = &[
    ("/id", Internal, None),
    ("/insurer", Internal, None),
    ("/policy_number", Personal, Some(Mask::Document)),
    ("/cover", Internal, None),
    ("/period/start", Internal, None),
    ("/period/end", Internal, None),
];
const OWNERSHIP: &[Row] = &[
    ("/owner", Internal, None),
    ("/owner_kind", Internal, None),
    ("/from", Internal, None),
    ("/until", Internal, None),
];

/// Whose record, when, by whom and why. A reason is free text and may hold anything.
const HISTORY: &[Row] =
    &[("/entry/on", Internal, None), ("/entry/by", Internal, None), ("/entry/reason", Sensitive, Some(Mask::Whole))];

/// One change of a record. What was changed may be of any class, so both values are sensitive; the path can hold the
/// place of a value and goes with them.
const FIELD_CHANGE: &[Row] = &[
    ("/record/customer/customer", Internal, None),
    ("/record/insured_object/object", Internal, None),
    ("/path", Personal, Some(Mask::Whole)),
    ("/old", Sensitive, Some(Mask::Whole)),
    ("/new", Sensitive, Some(Mask::Whole)),
    ("/on", Internal, None),
    ("/by", Internal, None),
    ("/reason", Sensitive, Some(Mask::Whole)),
];

/// An attribute is the host's own; which value a customer has is known about the person.
const ATTRIBUTE: &[Row] = &[("/code", Internal, None), ("/name", Internal, None), ("/values/*", Internal, None)];

/// Who is what to whom is known about people; their codes are the host's.
const RELATION: &[Row] = &[
    ("/relation", Personal, None),
    ("/from", Internal, None),
    ("/to", Internal, None),
    ("/since", Personal, None),
    ("/until", Personal, None),
];

/// Parts of a table, each behind its place.
fn parts(parts: &[(&str, &[Row])]) -> Vec<FieldClass> {
    parts.iter().flat_map(|(place, rows)| classes(place, rows)).collect()
}

impl Viewed for InsuredObject {
    const RECORD: &'static str = "insured_object";

    fn field_classes() -> Vec<FieldClass> {
        parts(&[
            ("", &[("/id", Internal, None)]),
            ("/description", DESCRIPTION),
            ("/ownerships/*", OWNERSHIP),
            ("/repairs/*", REPAIR),
            ("/covers/*", COVER),
        ])
    }
}

impl Viewed for RecordEvent<ObjectEvent> {
    const RECORD: &'static str = "object_event";

    fn field_classes() -> Vec<FieldClass> {
        parts(&[
            ("", &[("/record/insured_object/object", Internal, None)]),
            ("", HISTORY),
            ("/event/registered", &[("/id", Internal, None)]),
            ("/event/registered/description", DESCRIPTION),
            ("/event/described/description", DESCRIPTION),
            ("/event/described/old", DESCRIPTION),
            ("/event/ownership_ended", &[("/owner", Internal, None), ("/on", Internal, None)]),
            (
                "/event/ownership_began",
                &[("/owner", Internal, None), ("/owner_kind", Internal, None), ("/on", Internal, None)],
            ),
            ("/event/repair_added/repair", REPAIR),
            ("/event/cover_added/cover", COVER),
        ])
    }
}

impl Viewed for FieldChange {
    const RECORD: &'static str = "field_change";

    fn field_classes() -> Vec<FieldClass> {
        classes("", FIELD_CHANGE)
    }
}

impl Viewed for AttributeBook {
    const RECORD: &'static str = "attribute_book";

    fn field_classes() -> Vec<FieldClass> {
        parts(&[
            ("", &[("/limit", Internal, None), ("/generated", Internal, None)]),
            ("/attributes/*", ATTRIBUTE),
            ("/holders", &[("/#", Internal, None), ("/*/#", Internal, None), ("/*/*", Personal, Some(Mask::Whole))]),
        ])
    }
}

impl Viewed for RecordEvent<AttributeEvent> {
    const RECORD: &'static str = "attribute_event";

    fn field_classes() -> Vec<FieldClass> {
        const NAMED: &[Row] = &[("/attribute", Internal, None), ("/name", Internal, None), ("/old", Internal, None)];
        const VALUES: &[Row] =
            &[("/attribute", Internal, None), ("/values/*", Internal, None), ("/old/*", Internal, None)];
        const ASSIGNED: &[Row] = &[
            ("/attribute", Internal, None),
            ("/parties/*", Internal, None),
            ("/value", Personal, Some(Mask::Whole)),
            ("/old/#", Internal, None),
            ("/old/*", Personal, Some(Mask::Whole)),
        ];
        parts(&[
            ("", HISTORY),
            ("/event/defined/attribute", ATTRIBUTE),
            ("/event/renamed", NAMED),
            ("/event/values_changed", VALUES),
            ("/event/removed", &[("/attribute", Internal, None)]),
            ("/event/removed/old", ATTRIBUTE),
            ("/event/assigned", ASSIGNED),
        ])
    }
}

impl Viewed for Relation {
    const RECORD: &'static str = "relation";

    fn field_classes() -> Vec<FieldClass> {
        classes("", RELATION)
    }
}

impl Viewed for RelationBook {
    const RECORD: &'static str = "relation_book";

    fn field_classes() -> Vec<FieldClass> {
        const MEMBER: &[Row] = &[("/party", Internal, None), ("/since", Personal, None), ("/until", Personal, None)];
        parts(&[("/relations/*", RELATION), ("/households", &[("/#", Internal, None)]), ("/households/*/*", MEMBER)])
    }
}

impl Viewed for RecordEvent<RelationEvent> {
    const RECORD: &'static str = "relation_event";

    fn field_classes() -> Vec<FieldClass> {
        const PARTED: &[Row] = &[
            ("/relation", Personal, None),
            ("/from", Internal, None),
            ("/to", Internal, None),
            ("/on", Personal, None),
        ];
        const MEMBERSHIP: &[Row] =
            &[("/household", Internal, None), ("/party", Internal, None), ("/on", Personal, None)];
        parts(&[
            ("", HISTORY),
            ("/event/related/relation", RELATION),
            ("/event/retracted/relation", RELATION),
            ("/event/parted", PARTED),
            ("/event/joined", MEMBERSHIP),
            ("/event/left", MEMBERSHIP),
        ])
    }
}
