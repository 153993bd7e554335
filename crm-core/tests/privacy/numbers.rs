//! Checked numbers with a value in every field.

use crm_core::{
    calendar::Date,
    party::{self, DocumentKind, VinCheck},
};

use super::Each;

fn today() -> Date {
    Date::parse("2026-03-01").unwrap()
}

/// Numbers of every type; together they have every field, notices too.
pub fn every_number(each: &mut impl Each) {
    let document = |kind, number: &str| party::check_document(kind, number, today()).unwrap();
    each.look(&[
        document(DocumentKind::ResidentId, "11010519491231002X"),
        document(DocumentKind::ChinesePassport, "EJ1234567"),
    ]);
    each.look(&["H1234567801", "M12345678"].map(|number| party::check_hk_macao_travel_permit(number).unwrap()));
    each.look(&[party::check_permanent_residence("932682198501010017", today()).unwrap()]);
    each.look(&[party::check_chinese_passport("EJ1234567").unwrap()]);
    each.look(&[party::check_social_credit_code("91350211M00013FA1N").unwrap()]);
    each.look(&[party::check_organisation_code("PDY00001X").unwrap()]);
    each.look(&[party::check_mobile("13800138000").unwrap()]);
    each.look(&[party::check_phone("057187654321-801").unwrap()]);
    each.look(&[party::check_email("张@例子.中国").unwrap()]);
    each.look(&[party::check_bank_card("6228480402564890018").unwrap()]);
    each.look(&[party::check_account_number("79927398714").unwrap()]);
    each.look(&["使014578", "陕A12345D"].map(|plate| party::check_plate(plate).unwrap()));
    each.look(&[party::check_vin("WP0ZZZ99ZTS392124", VinCheck::ByOrigin).unwrap()]);
    each.look(&[party::check_engine_number("B48B20A").unwrap()]);
}
