//! Instalments (分期缴费): schedules that add up to the cent, with due dates, grace and lapse.
//!
//! [`InstalmentPlan::schedule`] makes the schedule, [`InstalmentSchedule::standing`] says on a day what is due, in grace
//! or lapsed.

mod plan;
mod schedule;
mod standing;

pub use plan::{
    ChargePlacement, ChargeToPlace, FirstInstalment, GracePeriod, InstalmentDates, InstalmentInterval, InstalmentPlan,
    InstalmentRemainder, MAX_INSTALMENTS,
};
pub use schedule::{Instalment, InstalmentCharge, InstalmentSchedule, InstalmentWorking};
pub use standing::{InstalmentReceipt, InstalmentStanding, InstalmentState, ScheduleStanding};
