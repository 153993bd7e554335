//! The customer record: who it is, how to reach them, what they prove it by, what they need (客户信息).

mod check;
mod contact;
mod details;
mod facts;
mod need_facts;
mod objects;
mod record;
mod vehicle;

pub use check::{CaptureOptions, Customer};
pub use contact::{BankAccount, Contact, Document};
pub use details::{FamilyFacts, HealthFact, HealthFacts, MaritalStatus, OrganisationDetails, PersonDetails, Profile};
pub use facts::customer_facts;
pub use need_facts::{CustomerFactCode, CustomerFactCodes};
pub use record::{CustomerKind, CustomerRecord, Interaction, Need};
pub(super) use vehicle::check_organisation_user;
pub use vehicle::{CustomerVehicle, VehicleUser};
