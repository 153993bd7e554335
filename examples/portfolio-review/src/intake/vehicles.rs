//! Vehicles: who owned each when, checked by the core as a history.

use std::collections::HashMap;

use crm_core::{
    calendar::Date,
    party::{
        CaptureOptions, CustomerVehicle, InsuredObject, ObjectDescription, ObjectId, Ownership, PartyId, SearchField,
        SearchKey, VinCheck, check_plate, check_vin,
    },
    privacy::Personal,
    refusal::{self, Notice},
};

use super::Known;
use crate::{
    finding::{Code, Finding},
    record::{Cells, TableLayout},
    stop::first,
};

/// The vehicles of a book by VIN, or by plate where there is none.
#[derive(Default)]
pub(super) struct Vehicles(HashMap<String, InsuredObject>);

impl Vehicles {
    /// Adds an owner to a vehicle's history; gives what deserves a look.
    pub(super) fn take(
        &mut self,
        cells: &mut Cells,
        layout: &TableLayout<'_>,
        known: &Known,
        as_of: Date,
    ) -> Result<Vec<Finding>, Vec<Finding>> {
        let at = |finding, field| vec![layout.at(finding, field)];
        let owner = PartyId::new(cells.filled("customer")).map_err(|refusal| at(first(refusal), "customer"))?;
        let Some(from) = cells.date("owner_from") else { return Err(at(Finding::new(Code::CsvMissing), "owner_from")) };
        let details = CustomerVehicle {
            plate: cells.text("plate").map(Personal::from),
            vin: cells.text("vin").map(Personal::from),
            engine_number: cells.text("engine").map(Personal::from),
            make_and_model: cells.owned("make_model"),
            first_registered: cells.date("first_registered"),
            user: None,
            object: None,
        };
        let key = match (cells.text("vin"), cells.text("plate")) {
            (Some(vin), _) => SearchKey::of(SearchField::Vin, vin),
            (None, plate) => SearchKey::of(SearchField::Plate, plate.unwrap_or_default()),
        };
        let key = key.key.reveal().to_owned();
        let mut object = match self.0.get(&key) {
            Some(object) => object.clone(),
            None => InsuredObject {
                id: ObjectId::new(cells.filled("id")).map_err(|refusal| at(first(refusal), "id"))?,
                description: ObjectDescription::Vehicle { details: details.clone() },
                ownerships: Vec::new(),
                repairs: Vec::new(),
                covers: Vec::new(),
            },
        };
        object.description = ObjectDescription::Vehicle { details };
        let place = object.ownerships.partition_point(|ownership| ownership.from <= from);
        object.ownerships.insert(place, Ownership { owner, owner_kind: None, from, until: cells.date("owner_until") });
        object.check(as_of, &CaptureOptions::default()).map_err(|refusal| layout.locate(refusal, field_of))?;
        if from > as_of {
            return Err(at(super::after_as_of(), "owner_from"));
        }
        if !known.has_customer(cells.filled("customer")) {
            let unknown = refusal::Fault::new(refusal::Code::PortfolioRowCustomerUnknown);
            return Err(at(unknown.into(), "customer"));
        }
        let notices = put_right(cells, layout);
        self.0.insert(key, object);
        Ok(notices)
    }

    /// How many vehicles there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}

/// Plate and VIN as they should be kept, and what deserves a look.
fn put_right(cells: &mut Cells, layout: &TableLayout<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut note = |field, notices: Vec<Notice>| {
        out.extend(notices.iter().map(|notice| layout.at(Finding::from(notice), field)));
    };
    if let Some(Ok(plate)) = cells.text("plate").map(check_plate) {
        cells.set_text("plate", plate.number.reveal());
        note("plate", plate.notices);
    }
    if let Some(Ok(vin)) = cells.text("vin").map(|vin| check_vin(vin, VinCheck::ByOrigin)) {
        cells.set_text("vin", vin.number.reveal());
        note("vin", vin.notices);
    }
    out
}

/// At which field of the row a path of the history stands.
fn field_of(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    Some(match parts.as_slice() {
        ["ownerships", _, "until"] => "owner_until",
        ["ownerships", ..] => "owner_from",
        ["description", "vehicle", "details", "plate", ..] => "plate",
        ["description", "vehicle", "details", "vin", ..] | ["description", "vehicle", "details"] => "vin",
        ["description", "vehicle", "details", "engine_number", ..] => "engine",
        ["description", "vehicle", "details", "make_and_model", ..] => "make_model",
        ["description", "vehicle", "details", "first_registered", ..] => "first_registered",
        _ => return None,
    })
}
