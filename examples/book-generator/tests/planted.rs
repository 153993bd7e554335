//! What the truth says is planted is really there, and the core judges it as the truth says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod reading;

use std::collections::{BTreeMap, BTreeSet};

use book_generator::{Encoding, Plan};
use crm_core::{
    calendar::{Date, Period},
    money::{Currency, Decimal, Money},
    party::{
        DocumentKind, VinCheck, check_document, check_email, check_mobile, check_phone, check_plate, check_resident_id,
        check_vin,
    },
    refusal::{Notice, Refusal},
};
use reading::{Planted, Read, Row, cents, plan};

/// What the core says of a document: the notices beside it, or the code of the refusal.
fn document(row: &Row, as_of: Date) -> Result<Vec<Notice>, Refusal> {
    let kind = match row["document_kind"].as_str() {
        "resident_id" => DocumentKind::ResidentId,
        "chinese_passport" => DocumentKind::ChinesePassport,
        "foreign_passport" => DocumentKind::ForeignPassport,
        "hk_macao_travel_permit" => DocumentKind::HkMacaoTravelPermit,
        "social_credit_code" => DocumentKind::SocialCreditCode,
        "organisation_code" => DocumentKind::OrganisationCode,
        other => panic!("{other}"),
    };
    check_document(kind, &row["document"], as_of).map(|document| document.notices)
}

/// The code with which the core refuses a value, or its first notice.
fn core_says(row: &Row, column: &str, as_of: Date) -> Option<String> {
    let value = &row[column];
    let of = |result: Result<(), Refusal>| result.err().map(|refusal| refusal.code().as_str().to_owned());
    let noticed = |result: Result<Vec<Notice>, Refusal>| match result {
        Ok(notices) => notices.first().map(|notice| notice.code.clone()),
        Err(refusal) => Some(refusal.code().as_str().to_owned()),
    };
    match column {
        "document" => noticed(document(row, as_of)),
        "mobile" => of(check_mobile(value).map(drop)),
        "phone" => of(check_phone(value).map(drop)),
        "email" => of(check_email(value).map(drop)),
        "plate" => of(check_plate(value).map(drop)),
        "vin" => noticed(check_vin(value, VinCheck::ByOrigin).map(|vin| vin.notices)),
        "currency" => of(Currency::parse(value).map(drop)),
        "premium" | "premium_change" | "amount" | "paid" => {
            let cny = Currency::parse("CNY").unwrap();
            of(Decimal::parse(value).and_then(|amount| Money::new(amount, cny)).map(drop))
        }
        "end" => of(Date::parse(&row["start"]).and_then(|start| Period::new(start, Date::parse(value)?)).map(drop)),
        "owner_until" => {
            of(Date::parse(&row["owner_from"]).and_then(|from| Period::new(from, Date::parse(value)?)).map(drop))
        }
        "since" | "first_registered" | "start" | "effective" | "received_on" | "occurred" | "on" => {
            of(Date::parse(value).map(drop))
        }
        other => panic!("no check for {other}"),
    }
}

/// Whether a planted row is what its code says. `others` are the lines of its file.
fn is_there(read: &Read, file: &'static str, line: usize, column: &str, code: &str, as_of: Date) -> Result<(), String> {
    let text = &read.lines[file][line - 1];
    let names = reading::columns_of(file);
    let fields: Vec<String> = text.split(',').map(str::to_owned).collect();
    let row: Row = names.iter().copied().zip(fields.iter().cloned()).collect();
    let need = |right: bool| if right { Ok(()) } else { Err(format!("{file} line {line}: {code}, but {text:.200}")) };
    if code != "csv.row.columns" && fields.len() != names.len() {
        return Err(format!("{file} line {line}: {} columns", fields.len()));
    }
    let earlier = || read.lines[file][..line - 1].iter().rev();
    match code {
        "csv.row.columns" => need(fields.len() + 1 == names.len()),
        "csv.row.too_long" => need(text.len() > 100_000),
        "csv.quote.open" => need(row[column].starts_with('"') && text.matches('"').count() == 1),
        "csv.quote.stray" => {
            let value = &row[column];
            need(value.starts_with('"') && !value.ends_with('"') && value.matches('"').count() == 2)
        }
        "csv.text.encoding" => need(text.contains('\u{fffd}')),
        "csv.value.missing" => need(row[column].is_empty()),
        "csv.value.unmapped" => need(
            !["true", "false", "person", "organisation", "agent", "broker", "direct", "online", "telephone"]
                .contains(&row[column].as_str()),
        ),
        "csv.date.form" => need(row[column].contains('/')),
        "wire.text.too_long" => need(row[column].len() == 10_000),
        "portfolio.row.duplicate" => need(earlier().any(|other| other == text)),
        "portfolio.row.conflict" => {
            let same_id = |other: &&String| other.split(',').next() == fields.first().map(String::as_str);
            need(earlier().find(same_id).is_some_and(|other| other != text))
        }
        "portfolio.row.after_as_of" => need(Date::parse(&row["start"]).unwrap() > as_of),
        code => need(core_says(&row, column, as_of).as_deref() == Some(code)),
    }
}

/// Whether a row planted without a code is what its name says; the timelines judge the others.
fn is_named_rightly(row: &Row, kind: &str, as_of: Date) -> bool {
    let birth = || check_resident_id(&row["document"], as_of).map(|read| read.birth.to_string());
    match kind {
        "birth_differs_from_document" => birth().is_ok_and(|birth| birth != row["birth"]),
        "fifteen_digits" => row["document"].len() == 15 && birth().is_ok_and(|birth| birth == row["birth"]),
        _ => true,
    }
}

fn faults_of(read: &Read) -> Vec<String> {
    let as_of = Date::parse(&read.truth.as_of).unwrap();
    let mut wrong = Vec::new();
    for planted in &read.truth.planted {
        let Planted::Row { file, line, id, kind, column, code, .. } = planted else { continue };
        let file = reading::FILES.into_iter().find(|own| own == file).unwrap();
        let text = &read.lines[file][line - 1];
        if !text.starts_with(id.as_str()) {
            wrong.push(format!("{file} line {line} has another id"));
        }
        let names = reading::columns_of(file);
        let row: Row = names.iter().copied().zip(text.split(',').map(str::to_owned)).collect();
        if !is_named_rightly(&row, kind, as_of) {
            wrong.push(format!("{file} line {line} is no {kind}"));
        }
        if let Some(code) = code
            && let Err(what) = is_there(read, file, *line, column, code, as_of)
        {
            wrong.push(what);
        }
    }
    wrong
}

#[test]
fn every_planted_row_is_what_its_code_says() {
    for encoding in [Encoding::Utf8, Encoding::Gb18030] {
        let read = reading::book("planted", &Plan { encoding, ..plan(3_000, 21) });
        assert_eq!(faults_of(&read), Vec::<String>::new());
    }
}

/// Mutants: a truth whose line or code is wrong is found out.
#[test]
fn a_wrong_truth_is_caught() {
    for wrong in 0..3 {
        let mut read = reading::book("mutant", &plan(600, 21));
        let found = read.truth.planted.iter_mut().find_map(|planted| match planted {
            Planted::Row { line, code, .. } if code.as_deref() == Some("party.document.check_digit") => {
                Some((line, code))
            }
            _ => None,
        });
        let (line, code) = found.unwrap();
        match wrong {
            0 => {}
            1 => *line -= 1,
            _ => *code = Some("party.document.length".to_owned()),
        }
        assert_eq!(faults_of(&read).is_empty(), wrong == 0);
    }
}

#[test]
fn every_kind_of_fault_and_story_is_planted_in_a_book_of_three_thousand() {
    let read = reading::book("kinds", &plan(3_000, 21));
    let kinds: BTreeSet<&str> = read
        .truth
        .planted
        .iter()
        .map(|planted| match planted {
            Planted::Row { kind, .. } | Planted::Story { kind, .. } => kind.as_str(),
        })
        .collect();
    let table = include_str!("../src/fault_table.rs");
    let stories = include_str!("../src/stories.rs");
    let quoted = |text: &'static str, before: &'static str| {
        text.lines().filter_map(move |line| line.split_once(before)?.1.split('"').nth(1))
    };
    let named: Vec<&str> = ["fault(", "contradiction(", "notice("]
        .into_iter()
        .flat_map(|call| quoted(table, call))
        .filter(|name| !name.contains('.'))
        .chain(stories.lines().filter_map(|line| line.split_once("=> \"")?.1.split('"').next()))
        .collect();
    assert!(named.len() > 80, "{}", named.len());
    let missing: Vec<&&str> = named.iter().filter(|name| !kinds.contains(**name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Everything that is no planted row is right by itself.
#[test]
fn sound_rows_pass_the_core() {
    let read = reading::book("sound", &plan(3_000, 22));
    let as_of = Date::parse(&read.truth.as_of).unwrap();
    let noticed: BTreeSet<&str> = read
        .truth
        .planted
        .iter()
        .filter_map(|planted| match planted {
            Planted::Row { effect, id, .. } if effect == "notice" => Some(id.as_str()),
            _ => None,
        })
        .collect();
    let columns: [(&'static str, &[&str]); 6] = [
        ("customers.csv", &["document", "mobile", "phone", "email", "since"]),
        ("vehicles.csv", &["plate", "vin", "first_registered", "owner_until"]),
        ("policies.csv", &["premium", "currency", "start", "end", "vin", "plate"]),
        ("endorsements.csv", &["premium_change", "effective"]),
        ("receipts.csv", &["amount", "received_on"]),
        ("claims.csv", &["paid", "occurred"]),
    ];
    for (file, columns) in columns {
        for row in read.of(file).iter().filter(|row| !noticed.contains(row["id"].as_str())) {
            for column in columns.iter().filter(|column| !row[**column].is_empty()) {
                assert_eq!(core_says(row, column, as_of), None, "{file} {} {column}", row["id"]);
            }
        }
    }
    for row in read.of("customers.csv").iter().filter(|row| row["document_kind"] == "resident_id") {
        let birth = check_resident_id(&row["document"], as_of).unwrap().birth;
        assert_eq!(row["birth"], birth.to_string(), "{}", row["id"]);
    }
}

// ---- stories

/// A story: its customers, policies, claims and cents.
type Told<'a> = (&'a [String], &'a [String], &'a [String], Option<i64>);

/// The stories of a kind; at least one.
fn stories<'a>(read: &'a Read, wanted: &str) -> Vec<Told<'a>> {
    let found: Vec<_> = read
        .truth
        .planted
        .iter()
        .filter_map(|planted| match planted {
            Planted::Story { kind, customers, policies, claims, cents } if kind == wanted => {
                Some((customers.as_slice(), policies.as_slice(), claims.as_slice(), *cents))
            }
            _ => None,
        })
        .collect();
    assert!(!found.is_empty(), "{wanted}");
    found
}

/// Days since 1970.
fn day(text: &str) -> i64 {
    Date::parse(text).unwrap().epoch_days()
}

#[test]
fn people_and_companies_stand_twice_where_the_truth_says_and_nowhere_else() {
    let read = reading::book("twice", &plan(3_000, 23));
    let customers = read.by("customers.csv", "id");
    let pair = |ids: &[String]| (customers[ids[0].as_str()][0], customers[ids[1].as_str()][0]);
    let apart = |one: &str, other: &str| {
        assert_eq!(one.chars().count(), other.chars().count());
        one.chars().zip(other.chars()).filter(|(one, other)| one != other).count()
    };
    let told = |kind: &str| stories(&read, kind).into_iter().map(|(ids, ..)| ids.to_vec()).collect::<BTreeSet<_>>();
    for ids in told("near_name_sound") {
        let (one, other) = pair(&ids);
        assert_eq!(
            (apart(&one["name"], &other["name"]), &one["birth"], &one["address"]),
            (1, &other["birth"], &other["address"])
        );
    }
    for ids in told("near_name_character") {
        let (one, other) = pair(&ids);
        assert_eq!(
            (apart(&one["name"], &other["name"]), &one["birth"], &one["mobile"]),
            (1, &other["birth"], &other["mobile"])
        );
    }
    for ids in told("near_name_width") {
        let (one, other) = pair(&ids);
        assert_eq!(apart(&one["name"], &other["name"]), 2);
        assert_eq!(one["document"][8..17], other["document"].replace('-', ""));
    }
    // Every pair that shares a document, or name and mobile, is told.
    let mut by_document: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut by_name: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for row in read.of("customers.csv") {
        by_document.entry(&row["document"]).or_default().push(row["id"].clone());
        if !row["mobile"].is_empty() {
            by_name.entry((&row["name"], &row["mobile"])).or_default().push(row["id"].clone());
        }
    }
    let several = |groups: Vec<Vec<String>>| groups.into_iter().filter(|ids| ids.len() > 1).collect::<BTreeSet<_>>();
    assert_eq!(several(by_document.into_values().collect()), told("same_document"));
    assert_eq!(several(by_name.into_values().collect()), told("same_name_and_mobile"));
}

#[test]
fn customers_are_as_good_and_as_poor_as_the_truth_says() {
    let read = reading::book("grades", &plan(3_000, 24));
    let customers = read.by("customers.csv", "id");
    let policies = read.by("policies.csv", "customer");
    let by_id = read.by("policies.csv", "id");
    let claims = read.by("claims.csv", "policy");
    let claims_of = |customer: &str| -> Vec<&Row> {
        let of_policy = |policy: &&Row| claims.get(policy["id"].as_str()).cloned().unwrap_or_default();
        policies[customer].iter().flat_map(of_policy).collect()
    };
    let cost =
        |claims: &[&Row]| claims.iter().map(|claim| cents(&claim["paid"]) + cents(&claim["reserve"])).sum::<i64>();
    let premium = |customer: &str| policies[customer].iter().map(|policy| cents(&policy["premium"])).sum::<i64>();

    for (ids, of_story, of_claims, told) in stories(&read, "good_customer") {
        let id = ids[0].as_str();
        assert_eq!((customers[id][0]["commercial_credit"].as_str(), of_claims.len()), ("good", 0));
        assert!(claims_of(id).is_empty());
        assert_eq!(Some(premium(id)), told);
        assert_eq!(of_story.len(), policies[id].len());
        let years: BTreeSet<&str> = policies[id].iter().map(|policy| &policy["start"][..4]).collect();
        assert_eq!(years.into_iter().collect::<Vec<_>>(), ["2021", "2022", "2023", "2024", "2025"]);
    }
    for (ids, _, of_claims, told) in stories(&read, "poor_customer") {
        let claims = claims_of(&ids[0]);
        assert_eq!((claims.len(), Some(cost(&claims))), (of_claims.len(), told));
        assert!(cost(&claims) * 100 > premium(&ids[0]) * 150, "{} of {}", cost(&claims), premium(&ids[0]));
    }
    for (ids, _, of_claims, _) in stories(&read, "frequent_claimant") {
        let mut days: Vec<i64> = claims_of(&ids[0]).iter().map(|claim| day(&claim["occurred"])).collect();
        days.sort_unstable();
        assert_eq!(days.len(), of_claims.len());
        assert!(days.windows(4).any(|four| four[3] - four[0] < 365), "{days:?}");
    }
    let mut premiums: Vec<(i64, &str)> = policies.keys().map(|id| (premium(id), *id)).collect();
    premiums.sort_unstable();
    for (ids, _, _, told) in stories(&read, "large_customer") {
        let id = ids[0].as_str();
        assert_eq!((Some(premium(id)), customers[id][0]["standing"].as_str()), (told, "true"));
        assert!(premiums[premiums.len() * 97 / 100..].iter().any(|(_, other)| *other == id));
    }
    for (ids, of_story, of_claims, _) in stories(&read, "fraud_ring") {
        assert_eq!(ids.len(), 5);
        let shared =
            |column: &str| ids.iter().map(|id| &customers[id.as_str()][0][column]).collect::<BTreeSet<_>>().len();
        assert_eq!((shared("address"), shared("mobile"), shared("document")), (1, 5, 5));
        let rows: Vec<&Row> = ids.iter().flat_map(|id| claims_of(id)).collect();
        let days: BTreeSet<&str> = rows.iter().map(|claim| claim["occurred"].as_str()).collect();
        assert_eq!((rows.len(), of_claims.len(), days.len()), (5, 5, 1));
        assert!(of_story.iter().all(|policy| by_id.contains_key(policy.as_str())));
        assert_eq!(rows.iter().filter(|claim| claim["fraud"] == "true").count(), 1);
    }
}

#[test]
fn unpaid_premium_is_owed_to_the_cent_and_late() {
    let read = reading::book("unpaid", &plan(3_000, 25));
    let (policies, receipts) = (read.by("policies.csv", "id"), read.by("receipts.csv", "policy"));
    for (_, of_story, _, told) in stories(&read, "unpaid_premium") {
        assert_eq!(of_story.len(), 1);
        let id = of_story[0].as_str();
        let policy = policies[id][0];
        let paid: i64 = receipts.get(id).into_iter().flatten().map(|receipt| cents(&receipt["amount"])).sum();
        assert_eq!(Some(cents(&policy["premium"]) - paid), told);
        assert!(told.unwrap() > 0 && day(&read.truth.as_of) - day(&policy["start"]) >= 120);
    }
}
