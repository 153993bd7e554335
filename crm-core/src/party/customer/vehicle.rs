//! Vehicles as they are captured with a customer (车辆信息).

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{CaptureOptions, Document};
use crate::{
    calendar::Date,
    party::{
        findings::{Findings, MAX_NAME, Place},
        identifier::ObjectId,
        phone::check_phone,
        plate::{Plate, check_plate},
        vin::{Vin, check_engine_number, check_vin},
    },
    privacy::Personal,
    refusal::{Code, Fault, Refusal},
};

/// Who uses a vehicle (车辆使用人). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum VehicleUser {
    /// The owner, who is a person, and is not entered again (同车主).
    SameAsOwner {},
    /// A person (使用人).
    Person {
        /// The name. Personal.
        name: Personal,
        /// A telephone. Personal.
        phone: Option<Personal>,
        /// A document.
        document: Option<Document>,
    },
}

/// A vehicle of a customer. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerVehicle {
    /// The plate (号牌号码); none for a vehicle with a temporary plate or without one, which needs its VIN. Personal.
    pub plate: Option<Personal>,
    /// The vehicle identification number (车架号). Personal.
    pub vin: Option<Personal>,
    /// The engine number (发动机号). Personal.
    pub engine_number: Option<Personal>,
    /// Make and model (厂牌型号).
    pub make_and_model: Option<String>,
    /// The day of the first registration (初次登记日期).
    pub first_registered: Option<Date>,
    /// Who uses it: an organisation names a person; a person is the user or names one.
    pub user: Option<VehicleUser>,
    /// The insured object that this vehicle is (标的编号), where it is kept as one: its history says who owns it now,
    /// and what stands here is a copy ([`super::CustomerRecord::with_objects`]).
    pub object: Option<ObjectId>,
}

hidden!(VehicleUser, CustomerVehicle);

impl CustomerVehicle {
    pub(super) fn check(
        &mut self,
        organisation: bool,
        options: &CaptureOptions,
        place: &Place,
        findings: &mut Findings,
    ) {
        let user = place.field("user");
        if organisation {
            check_organisation_user(self.user.as_ref(), &user, findings);
        } else if self.user.is_none() {
            findings.notice(&user, Fault::new(Code::PartyVehicleUserUnknown));
        }
        self.check_as_object(options, place, findings);
    }

    /// Everything but what depends on the owner.
    pub(in crate::party) fn check_as_object(
        &mut self,
        options: &CaptureOptions,
        place: &Place,
        findings: &mut Findings,
    ) {
        self.check_numbers(options, place, findings);
        if let Some(words) = &mut self.make_and_model {
            findings.words(&place.field("make_and_model"), words, MAX_NAME);
        }
        findings.past(&place.field("first_registered"), self.first_registered);
        self.check_user(&place.field("user"), findings);
    }

    /// What is known about the user.
    pub(in crate::party) fn check_user(&mut self, place: &Place, findings: &mut Findings) {
        let Some(VehicleUser::Person { name, phone, document }) = &mut self.user else { return };
        let user = place.field("person");
        findings.personal(&user.field("name"), name, MAX_NAME);
        if let Some(phone) = phone {
            let outcome = check_phone(phone.reveal());
            if let Some(checked) = findings.take(&user.field("phone"), outcome) {
                *phone = checked.whole();
            }
        }
        if let Some(document) = document {
            let place = user.field("document");
            if document.document.is_of_organisation() {
                findings.code(&place.field("document"), Code::PartyDocumentHolder);
            }
            document.check(&place, findings);
        }
    }

    /// Plate, VIN and engine number, as an object carries them too.
    pub(in crate::party) fn check_numbers(&mut self, options: &CaptureOptions, place: &Place, findings: &mut Findings) {
        if self.plate.is_none() && self.vin.is_none() {
            findings.code(place, Code::PartyVehicleUnidentified);
        }
        if let Some(plate) = &mut self.plate {
            let at = place.field("plate");
            if let Some((checked, added)) = findings.take(&at, captured_plate(plate.reveal(), options)) {
                *plate = checked.number;
                if added {
                    findings.notice(&at, Fault::new(Code::PartyPlatePrefixAdded));
                }
                findings.look(&at, checked.notices);
            }
        }
        if let Some(vin) = &mut self.vin {
            let at = place.field("vin");
            if let Some((checked, added)) = findings.take(&at, captured_vin(vin.reveal(), options)) {
                *vin = checked.number;
                if added {
                    findings.notice(&at, Fault::new(Code::PartyVinPrefixAdded));
                }
                findings.look(&at, checked.notices);
            }
        }
        if let Some(engine) = &mut self.engine_number {
            let outcome = check_engine_number(engine.reveal());
            if let Some(checked) = findings.take(&place.field("engine_number"), outcome) {
                *engine = checked.number;
            }
        }
    }
}

/// An organisation names the person who uses its vehicle (A3).
pub(in crate::party) fn check_organisation_user(user: Option<&VehicleUser>, place: &Place, findings: &mut Findings) {
    match user {
        None => findings.code(place, Code::PartyVehicleUserMissing),
        Some(VehicleUser::SameAsOwner {}) => findings.code(place, Code::PartyVehicleUserOrganisation),
        Some(VehicleUser::Person { .. }) => {}
    }
}

/// A plate that is none as it was keyed gets the host's default in front (默认号牌前缀), when it is one then; and whether
/// it got it.
///
/// Where the province alone makes a plate of it too, nobody can tell which was left out: `B12345` behind `粤B` is 粤B12345
/// or 粤BB12345.
fn captured_plate(keyed: &str, options: &CaptureOptions) -> Result<(Plate, bool), Refusal> {
    let refusal = match check_plate(keyed) {
        Ok(plate) => return Ok((plate, false)),
        Err(refusal) => refusal,
    };
    let Some(prefix) = options.plate_prefix.as_deref().map(str::trim) else { return Err(refusal) };
    let behind = |prefix: &str| check_plate(&alloc::format!("{prefix}{}", keyed.trim())).ok();
    let Some(plate) = behind(prefix) else { return Err(refusal) };
    let province: String = prefix.chars().take(1).collect();
    match behind(&province) {
        Some(other) if other.number != plate.number => Err(Refusal::new(Code::PartyPlatePrefixAmbiguous)),
        _ => Ok((plate, true)),
    }
}

/// A VIN of which the host's default was left out (默认车架号前缀) gets it in front; and whether it got it.
fn captured_vin(keyed: &str, options: &CaptureOptions) -> Result<(Vin, bool), Refusal> {
    match (check_vin(keyed, options.vin_check), &options.vin_prefix) {
        (Err(refusal), Some(prefix)) if refusal.code() == Code::PartyVinLength => {
            let whole = alloc::format!("{}{}", prefix.trim(), keyed.trim());
            // What is wrong with the completed number is more use than its length; too short stays too short.
            check_vin(&whole, options.vin_check).map(|vin| (vin, true))
        }
        (outcome, _) => outcome.map(|vin| (vin, false)),
    }
}
