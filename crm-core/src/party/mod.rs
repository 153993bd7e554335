//! Who people and organisations are, and how they prove it (当事人).
//!
//! In this version: the resident identity number of mainland China (居民身份证号码, GB 11643).

mod resident_id;

pub use resident_id::{Holder, ResidentId, Sex, check_resident_id};
