//! A customer's vehicles as the insured objects know them: what changed hands is no longer his (过户).

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use super::{CustomerRecord, CustomerVehicle, Profile};
use crate::{
    calendar::Date,
    party::{
        identifier::{ObjectId, PartyId},
        object::{InsuredObject, ObjectDescription, OwnerKind},
        search_key::{SearchField, SearchKey},
    },
    privacy::Personal,
};

impl Profile {
    /// What this customer is as an owner.
    #[must_use]
    pub const fn owner_kind(&self) -> OwnerKind {
        if self.is_organisation() { OwnerKind::Organisation } else { OwnerKind::Person }
    }
}

impl CustomerRecord {
    /// The record with its vehicles as the insured objects describe them on a day: what the customer owns then stands
    /// in it, linked by its number; what has changed hands does not. [`changes_between`](crate::party::changes_between)
    /// says what that changes in the record.
    ///
    /// `objects` are those that this customer owns or owned. A vehicle without a link is known by its VIN, or by its
    /// plate where one of the two has no VIN; one that no object is stays as it is, and so does one whose object isn't
    /// among them.
    ///
    /// ```
    /// use crm_core::{calendar::Date, party::{CustomerRecord, InsuredObject}, wire};
    ///
    /// let record: CustomerRecord = wire::from_json(r#"{"id":"C-1","kind":"direct","profile":{"person":{"details":
    ///     {"name":"张三","social_attributes":[]}}},"contacts":[],"documents":[],"accounts":[],"tags":[],"needs":[],
    ///     "interactions":[],"vehicles":[{"plate":"京A12345","vin":"LSVAA49J132047371"}]}"#.as_bytes())?;
    /// let car: InsuredObject = wire::from_json(r#"{"id":"O-1","repairs":[],"covers":[],
    ///     "description":{"vehicle":{"details":{"plate":"京B99999","vin":"LSVAA49J132047371"}}},"ownerships":[
    ///     {"owner":"C-1","owner_kind":"person","from":"2020-01-01","until":"2026-01-01"},
    ///     {"owner":"C-2","owner_kind":"person","from":"2026-01-01"}]}"#.as_bytes())?;
    /// let before = record.with_objects(&[car.clone()], Date::parse("2025-12-31")?);
    /// assert_eq!(before.vehicles[0].object, Some(car.id.clone()));
    /// assert!(record.with_objects(&[car], Date::parse("2026-01-01")?).vehicles.is_empty());
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn with_objects(&self, objects: &[InsuredObject], on: Date) -> Self {
        let cars: Vec<(&InsuredObject, &CustomerVehicle)> =
            objects.iter().filter_map(|o| Some((o, vehicle(o)?))).collect();
        let mut used: BTreeSet<&ObjectId> = BTreeSet::new();
        let mut vehicles = Vec::new();
        let known = KnownCars::new(&cars, &self.id);
        for kept in &self.vehicles {
            let found = known.find(kept);
            match found {
                None => vehicles.push(kept.clone()),
                Some((_, object, details)) if object.owner_on(on) == Some(&self.id) && used.insert(&object.id) => {
                    vehicles.push(linked(object, details));
                }
                Some(_) => {}
            }
        }
        for (object, details) in cars {
            if object.owner_on(on) == Some(&self.id) && used.insert(&object.id) {
                vehicles.push(linked(object, details));
            }
        }
        Self { vehicles, ..self.clone() }
    }
}

fn vehicle(object: &InsuredObject) -> Option<&CustomerVehicle> {
    match &object.description {
        ObjectDescription::Vehicle { details } => Some(details),
        ObjectDescription::Property { .. } | ObjectDescription::Other { .. } => None,
    }
}

fn linked(object: &InsuredObject, details: &CustomerVehicle) -> CustomerVehicle {
    CustomerVehicle { object: Some(object.id.clone()), ..details.clone() }
}

fn was_owned(object: &InsuredObject, by: &PartyId) -> bool {
    object.ownerships.iter().any(|ownership| ownership.owner == *by)
}

/// A vehicle among the objects, with its place in their order.
type Car<'o> = (usize, &'o InsuredObject, &'o CustomerVehicle);

/// The vehicles among the objects by what each may be known by, the first of several.
struct KnownCars<'o> {
    by_id: BTreeMap<&'o ObjectId, Car<'o>>,
    by_vin: BTreeMap<SearchKey, Car<'o>>,
    by_plate: BTreeMap<SearchKey, Car<'o>>,
    by_plate_without_vin: BTreeMap<SearchKey, Car<'o>>,
}

impl<'o> KnownCars<'o> {
    fn new(cars: &[(&'o InsuredObject, &'o CustomerVehicle)], owner: &PartyId) -> Self {
        let (by_id, by_vin) = (BTreeMap::new(), BTreeMap::new());
        let mut known = Self { by_id, by_vin, by_plate: BTreeMap::new(), by_plate_without_vin: BTreeMap::new() };
        for (place, (object, details)) in cars.iter().enumerate() {
            let car = (place, *object, *details);
            known.by_id.entry(&object.id).or_insert(car);
            if !was_owned(object, owner) {
                continue;
            }
            if let Some(vin) = key(SearchField::Vin, details.vin.as_ref()) {
                known.by_vin.entry(vin).or_insert(car);
            }
            if let Some(plate) = key(SearchField::Plate, details.plate.as_ref()) {
                if details.vin.is_none() {
                    known.by_plate_without_vin.entry(plate.clone()).or_insert(car);
                }
                known.by_plate.entry(plate).or_insert(car);
            }
        }
        known
    }

    /// The first object that a kept vehicle is. In China a plate can go to its owner's next vehicle: the VIN decides
    /// where both have one.
    fn find(&self, kept: &CustomerVehicle) -> Option<Car<'o>> {
        if let Some(link) = &kept.object {
            return self.by_id.get(link).copied();
        }
        let (vin, plate) = (key(SearchField::Vin, kept.vin.as_ref()), key(SearchField::Plate, kept.plate.as_ref()));
        let plates = if vin.is_some() { &self.by_plate_without_vin } else { &self.by_plate };
        let by_vin = vin.and_then(|vin| self.by_vin.get(&vin));
        let by_plate = plate.and_then(|plate| plates.get(&plate));
        by_vin.into_iter().chain(by_plate).min_by_key(|(place, _, _)| *place).copied()
    }
}

fn key(field: SearchField, value: Option<&Personal>) -> Option<SearchKey> {
    value.map(|value| SearchKey::of(field, value.reveal()))
}
