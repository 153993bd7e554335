//! Vehicles as they are captured with a customer (车辆信息).

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{CaptureOptions, Document};
use crate::{
    calendar::Date,
    party::{
        findings::{Findings, MAX_NAME, Place},
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
        match &self.user {
            None if organisation => findings.code(&user, Code::PartyVehicleUserMissing),
            None => findings.notice(&user, Fault::new(Code::PartyVehicleUserUnknown)),
            Some(VehicleUser::SameAsOwner {}) if organisation => {
                findings.code(&user, Code::PartyVehicleUserOrganisation);
            }
            Some(_) => {}
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
        let Some(VehicleUser::Person { name, phone, document }) = &mut self.user else { return };
        let user = place.field("user").field("person");
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
            if let Some(checked) = findings.take(&at, captured_plate(plate.reveal(), options)) {
                *plate = checked.number;
                findings.look(&at, checked.notices);
            }
        }
        if let Some(vin) = &mut self.vin {
            let at = place.field("vin");
            if let Some(checked) = findings.take(&at, captured_vin(vin.reveal(), options)) {
                *vin = checked.number;
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

/// A plate that is none as it was keyed gets the host's default in front (默认号牌前缀), when it is one then.
fn captured_plate(keyed: &str, options: &CaptureOptions) -> Result<Plate, Refusal> {
    let refusal = match check_plate(keyed) {
        Ok(plate) => return Ok(plate),
        Err(refusal) => refusal,
    };
    match &options.plate_prefix {
        Some(prefix) => check_plate(&alloc::format!("{}{}", prefix.trim(), keyed.trim())).map_err(|_| refusal),
        None => Err(refusal),
    }
}

/// A VIN of which the host's default was left out (默认车架号前缀) gets it in front.
fn captured_vin(keyed: &str, options: &CaptureOptions) -> Result<Vin, Refusal> {
    match (check_vin(keyed, options.vin_check), &options.vin_prefix) {
        (Err(refusal), Some(prefix)) if refusal.code() == Code::PartyVinLength => {
            let whole = alloc::format!("{}{}", prefix.trim(), keyed.trim());
            // What is wrong with the completed number is more use than its length; too short stays too short.
            check_vin(&whole, options.vin_check)
        }
        (outcome, _) => outcome,
    }
}
