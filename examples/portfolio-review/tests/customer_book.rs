//! A customer book of a few rows, spoiled row by row: each fault has its code and place, and nothing personal is shown.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod fixture;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use fixture::folder;
use portfolio_review::{demo, mapping};

/// A name, a document and a plate that must never be seen.
const NAME: &str = "欧阳秘密";
const DOCUMENT: &str = "110101199003070134";
const MOBILE: &str = "13800138000";
const ADDRESS: &str = "浙江省杭州市西湖区秘密路 77 号 3 幢 101 室";

/// The files of a small sound book in the columns of the generator.
fn files() -> BTreeMap<&'static str, Vec<String>> {
    let rows = |header: &str, rows: &[&str]| {
        std::iter::once(header).chain(rows.iter().copied()).map(str::to_owned).collect::<Vec<String>>()
    };
    let customer = format!(
        "C1,person,{NAME},,resident_id,{DOCUMENT},,{MOBILE},secret@example.com,{ADDRESS},1990-03-07,教师,,50k_to_100k,agent,E1,P,1101,2020-01-01,false,good,false,,,false"
    );
    [
        ("branches.csv", rows("code,name,level,parent,province,city", &["1101,北京,city,,北京市,北京"])),
        ("agents.csv", rows("code,name,kind,branch,superior,since,until", &["A1,代理甲,agent,1101,,2019-01-01,"])),
        (
            "customers.csv",
            rows(
                "id,party_kind,name,short_name,document_kind,document,phone,mobile,email,address,birth,occupation,industry,income_band,source_channel,manager,department,branch,since,standing,commercial_credit,prospect,household,group,blacklisted",
                &[&customer],
            ),
        ),
        (
            "vehicles.csv",
            rows(
                "id,customer,plate,vin,engine,make_model,first_registered,owner_from,owner_until",
                &["V1,C1,京A12345,LSVAA4185C2184841,E123456,示例轿车,2019-05-01,2019-05-01,"],
            ),
        ),
        (
            "policies.csv",
            rows(
                "id,customer,product,line,branch,department,handler,agent,channel,signed_on,start,end,premium,sum_insured,currency,vin,plate,renewal_of",
                &[
                    "P1,C1,SYX,commercial_motor,1101,M,E1,A1,agent,2023-12-20,2024-01-01,2025-01-01,3650.00,200000.00,CNY,LSVAA4185C2184841,京A12345,",
                    "P2,C1,SYX,commercial_motor,1101,M,E1,A1,agent,2024-12-20,2025-01-01,2026-01-01,3650.00,200000.00,CNY,LSVAA4185C2184841,京A12345,P1",
                ],
            ),
        ),
        (
            "endorsements.csv",
            rows("id,policy,code,effective,booked,premium_change", &["N1,P2,decrease,2025-07-02,2025-07-03,-183.00"]),
        ),
        (
            "receipts.csv",
            rows(
                "id,policy,received_on,amount",
                &["R1,P1,2023-12-28,3650.00", "R2,P2,2025-01-20,3650.00", "R3,P2,2025-07-10,-183.00"],
            ),
        ),
        (
            "claims.csv",
            rows(
                "id,policy,occurred,reported,opened,closed,paid,reserve,fraud",
                &["L1,P2,2025-03-01,2025-03-02,2025-03-03,2025-04-01,1000.00,0.00,false"],
            ),
        ),
        ("costs.csv", rows("id,customer,on,kind,amount", &["K1,C1,2025-05-05,visit,120.00"])),
        ("complaints.csv", rows("id,customer,on,kind,resolved_on", &["M1,C1,2025-06-06,service,2025-06-20"])),
    ]
    .into()
}

fn written(test: &str, files: &BTreeMap<&'static str, Vec<String>>) -> PathBuf {
    let folder = folder(test);
    for (name, rows) in files {
        fs::write(folder.join(name), format!("{}\n", rows.join("\n"))).unwrap();
    }
    fs::write(folder.join("map.toml"), demo::MAP).unwrap();
    folder
}

fn start(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portfolio-review")).args(arguments).output().unwrap()
}

fn review(folder: &Path, more: &[&str]) -> Output {
    let (map, out) = (folder.join("map.toml"), folder.join("out"));
    let mut arguments = vec!["--book", folder.to_str().unwrap(), "--map", map.to_str().unwrap()];
    arguments.extend(["--as-of", "2025-12-31", "--out", out.to_str().unwrap()]);
    arguments.extend(more);
    start(&arguments)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn summary(folder: &Path) -> portfolio_review::customer_review::CustomerSummary {
    serde_json::from_slice(&fs::read(folder.join("out/summary.json")).unwrap()).unwrap()
}

#[test]
fn the_figures_are_those_worked_out_by_hand() {
    let folder = written("hand", &files());
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let summary = summary(&folder);
    let amounts: BTreeMap<&str, &str> =
        summary.amounts.iter().map(|(name, amount)| (name.as_str(), amount.as_str())).collect();
    assert!(summary.files.iter().all(|file| file.rejected.is_empty()), "{:?}", summary.files);
    // 3650 + 3650 − 183; all of it is earned on the last day of the second year.
    assert_eq!((amounts["premium.written"], amounts["premium.earned"]), ("7117.00", "7117.00"));
    assert_eq!((amounts["premium.collected"], amounts["receivable.open"]), ("7117.00", "0.00"));
    assert_eq!((amounts["claims.paid"], amounts["result.earned"]), ("1000.00", "5997.00"));
    // 1000 ÷ 3467 for the cover of 2025.
    assert_eq!(summary.ratios["loss_ratio.year.2025.channel.agent"].as_deref(), Some("28.8434"));
    // Premium with 6 % tax inside: 7117 = 6714.16 + 402.84, each entry rounded by itself.
    assert_eq!((amounts["account.6031.balance"], amounts["account.2221.01.02.balance"]), ("-6714.16", "-402.84"));
    // All that was received, less the claim and the cost; nothing is owed and nothing is held in advance.
    assert_eq!((amounts["account.1002.balance"], amounts["account.1122.balance"]), ("5997.00", "0.00"));
    assert_eq!(amounts["account.2203.balance"], "0.00");
    assert_eq!(summary.journal.debit, summary.journal.credit);
}

/// The code, line and column under which a row is rejected that is added to a file.
fn rejected(test: &str, file: &'static str, row: &str) -> (String, String, String) {
    let mut files = files();
    files.get_mut(file).unwrap().push(row.to_owned());
    let folder = written(&format!("spoiled_{test}"), &files);
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{test}: {}", text(&output.stderr));
    let told = fs::read_to_string(folder.join("out/rejected.csv")).unwrap();
    let rows: Vec<&str> = told.lines().skip(1).collect();
    assert_eq!(rows.len(), 1, "{test}: {told}");
    let columns: Vec<&str> = rows[0].split(',').collect();
    assert_eq!((columns[0], columns[1].parse()), (file, Ok(files[file].len())), "{test}");
    (columns[3].to_owned(), columns[2].to_owned(), columns[4].to_owned())
}

#[test]
fn each_row_that_contradicts_others_has_its_code_and_place() {
    let cases = [
        ("branch", "agents.csv", "A2,代理乙,agent,9999,,2019-01-01,", "row.branch.unknown", "branch"),
        ("superior", "agents.csv", "A2,代理乙,agent,1101,A9,2019-01-01,", "row.agent.unknown", "superior"),
        (
            "two_owners",
            "vehicles.csv",
            "V2,C1,京A12345,LSVAA4185C2184841,,,,2022-01-01,",
            "party.ownership.overlap",
            "owner_from",
        ),
        ("nobody", "vehicles.csv", "V2,C9,京A54321,,,,,2022-01-01,", "portfolio.row.customer_unknown", "customer"),
        (
            "renewal",
            "policies.csv",
            "P3,C1,SYX,commercial_motor,1101,M,E1,A1,agent,2025-01-01,2025-01-01,2026-01-01,1.00,1.00,CNY,,,P9",
            "row.renewal.unknown",
            "renewal_of",
        ),
        (
            "agent",
            "policies.csv",
            "P3,C1,SYX,commercial_motor,1101,M,E1,A9,agent,2025-01-01,2025-01-01,2026-01-01,1.00,1.00,CNY,,,",
            "row.agent.unknown",
            "agent",
        ),
        (
            "later",
            "policies.csv",
            "P3,C1,SYX,commercial_motor,1101,M,E1,A1,agent,2025-01-01,2026-01-01,2027-01-01,1.00,1.00,CNY,,,",
            "portfolio.row.after_as_of",
            "start",
        ),
        (
            "other_money",
            "policies.csv",
            "P3,C1,SYX,commercial_motor,1101,M,E1,A1,agent,2025-01-01,2025-01-01,2026-01-01,1.00,1.00,USD,,,",
            "money.currency.mixed",
            "premium",
        ),
        ("outside", "endorsements.csv", "N2,P1,increase,2026-02-01,2025-12-01,1.00", "row.outside_cover", "effective"),
        ("early", "receipts.csv", "R4,P2,2024-12-01,1.00", "row.before_signing", "received_on"),
        ("no_policy", "receipts.csv", "R4,P9,2025-12-01,1.00", "portfolio.row.policy_unknown", "policy"),
        ("uncovered", "claims.csv", "L2,P1,2025-03-01,2025-03-02,,,0.00,1.00,false", "row.outside_cover", "occurred"),
        (
            "reserve",
            "claims.csv",
            "L2,P2,2025-03-01,2025-03-02,2025-03-02,2025-04-01,1.00,1.00,false",
            "portfolio.claim.closed_with_reserve",
            "reserve",
        ),
        (
            "backwards",
            "claims.csv",
            "L2,P2,2025-03-01,2025-02-02,,,1.00,1.00,false",
            "portfolio.dates.order",
            "reported",
        ),
        ("again", "costs.csv", "K1,C1,2025-05-05,visit,120.00", "portfolio.row.duplicate", "id"),
        ("other", "costs.csv", "K1,C1,2025-05-05,visit,121.00", "portfolio.row.conflict", "id"),
    ];
    for (test, file, row, code, column) in cases {
        let wanted = (code.to_owned(), column.to_owned(), format!("/{column}"));
        assert_eq!(rejected(test, file, row), wanted, "{test}");
    }
}

#[test]
fn claims_after_a_cancellation_are_outside_the_cover() {
    let mut files = files();
    files.get_mut("endorsements.csv").unwrap().push("N2,P2,cancel,2025-09-01,2025-09-01,-1000.00".to_owned());
    files.get_mut("claims.csv").unwrap().push("L2,P2,2025-10-01,2025-10-02,,,0.00,1.00,false".to_owned());
    let folder = written("cancelled", &files);
    assert_eq!(review(&folder, &[]).status.code(), Some(0));
    let told = fs::read_to_string(folder.join("out/rejected.csv")).unwrap();
    assert!(told.contains("claims.csv,3,occurred,row.outside_cover"), "{told}");
}

/// Nothing that leads to a person stands in a text.
fn leaks(shown: &str) -> Vec<&'static str> {
    let secrets =
        [NAME, DOCUMENT, MOBILE, ADDRESS, "secret@", "1990-03-07", "教师", "京A12345", "LSVAA4185C2184841", "E123456"];
    secrets.into_iter().filter(|secret| shown.contains(secret)).collect()
}

#[test]
fn nothing_personal_is_shown_unless_a_role_may_see_it() {
    let mut files = files();
    // A row that is rejected for its document is told without it.
    let spoiled = files["customers.csv"][1].replacen("C1", "C2", 1).replace(DOCUMENT, "110101199003070135");
    files.get_mut("customers.csv").unwrap().push(spoiled);
    let folder = written("secret", &files);
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let out = folder.join("out");
    for name in ["report.html", "summary.json", "rejected.csv", "warnings.csv"] {
        assert_eq!(leaks(&fs::read_to_string(out.join(name)).unwrap()), Vec::<&str>::new(), "{name}");
    }
    assert_eq!(leaks(&text(&output.stdout)), Vec::<&str>::new());
    assert!(fs::read_to_string(out.join("report.html")).unwrap().contains("欧***"));

    let database = out.join("book.sqlite");
    let rows = |figure: &str, more: &[&str]| {
        let mut arguments = vec!["rows", "--book", database.to_str().unwrap(), "--figure", figure];
        arguments.extend(more);
        let output = start(&arguments);
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    for figure in ["rows.customers", "rows.vehicles", "rows.policies", "premium.written", "rejected"] {
        let (code, shown, _) = rows(figure, &[]);
        assert_eq!((code, leaks(&shown)), (Some(0), Vec::new()), "{figure}: {shown}");
    }
    let (_, shown, _) = rows("rows.customers", &["--show-personal-as", "customer_service"]);
    assert!(shown.contains(NAME) && shown.contains(MOBILE) && !shown.contains(DOCUMENT), "{shown}");
    let (_, shown, _) = rows("rows.customers", &["--show-personal-as", "auditor"]);
    assert!(shown.contains(DOCUMENT), "{shown}");
    // Personal data in a report has to be asked for.
    assert_eq!(review(&folder, &["--show-personal-as", "auditor"]).status.code(), Some(0));
    assert!(fs::read_to_string(out.join("report.html")).unwrap().contains(NAME));
}

#[test]
fn wrong_figures_roles_and_databases_are_told() {
    let folder = written("asked", &files());
    assert_eq!(review(&folder, &[]).status.code(), Some(0));
    let database = folder.join("out/book.sqlite");
    let told = |arguments: &[&str]| {
        let mut all = vec!["rows", "--book"];
        all.extend(arguments);
        let output = start(&all);
        (output.status.code(), text(&output.stderr))
    };
    let database = database.to_str().unwrap();
    fs::write(folder.join("rights.json"), "{}").unwrap();
    let rights = folder.join("rights.json");
    let asked = ["--figure", "rows.customers", "--show-personal-as"];
    let cases: [(Vec<&str>, i32, &str); 4] = [
        (vec![database, "--figure", "premium.imagined"], 2, "[usage.figure.unknown]"),
        (vec![database, asked[0], asked[1], asked[2], "cleaner"], 2, "[usage.role]"),
        (
            vec![database, asked[0], asked[1], asked[2], "auditor", "--rights", rights.to_str().unwrap()],
            2,
            "[usage.rights]",
        ),
        (vec![folder.join("map.toml").to_str().unwrap().to_owned().leak()], 1, "[book.database]"),
    ];
    for (arguments, code, finding) in cases {
        let (found, stderr) = told(&arguments);
        assert_eq!(found, Some(code), "{stderr}");
        assert!(stderr.contains(finding), "{stderr}");
    }
    let output = start(&["rows", "--book", database]);
    assert!(text(&output.stdout).lines().count() > 100, "every figure is listed");
}

#[test]
fn a_map_of_tables_tells_every_fault_at_once() {
    let map = demo::MAP
        .replace("vat = \"included\"", "vat = \"perhaps\"")
        .replace("company = \"demo\"\n", "")
        .replace("files = \"claims.csv\"", "files = \"../claims.csv\"")
        .replace("premium_change = \"premium_change\"", "premium_changes = \"premium_change\"")
        .replace("cancel = \"cancellation\"", "cancel = \"the end\"");
    let faults = mapping::read_any(&map).unwrap_err();
    let found: Vec<(&str, &str)> = faults.iter().map(|fault| (fault.code(), fault.path.as_str())).collect();
    for wanted in [
        ("map.value", "/constants/vat"),
        ("map.key.missing", "/constants/company"),
        ("map.value", "/tables/claims/files"),
        ("map.key.missing", "/tables/endorsements/fields/premium_change"),
        ("map.key.unknown", "/tables/endorsements/fields/premium_changes"),
        ("map.value", "/tables/endorsements/fields/effect/values/cancel"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} not in {found:?}");
    }
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(faults.iter().all(|fault| fault.line.is_some_and(|line| line > 1)));
}

#[test]
fn columns_of_another_name_are_mapped() {
    let mut files = files();
    let costs = files.get_mut("costs.csv").unwrap();
    costs[0] = "费用单号;客户;日期;类别;金额".to_owned();
    costs[1] = "K1;C1;2025/5/5;拜访;120.00".to_owned();
    // All files of a book are written in one way: the others are left out.
    let kept: BTreeMap<&'static str, Vec<String>> = files
        .into_iter()
        .filter(|(name, _)| ["customers.csv", "policies.csv", "costs.csv"].contains(name))
        .map(|(name, rows)| (name, rows.into_iter().map(|row| row.replace(',', ";")).collect()))
        .collect();
    let folder = written("renamed", &kept);
    let mut map = String::new();
    let mut keep = true;
    for line in demo::MAP.replace("separator = \",\"", "separator = \";\"").lines() {
        if let Some(table) = line.strip_prefix("[tables.") {
            keep = table.starts_with("customers") || table.starts_with("policies");
        }
        if keep {
            map.push_str(line);
            map.push('\n');
        }
    }
    map.push_str(
        "[tables.costs]\nfiles = \"costs.csv\"\nfields = { id = \"费用单号\", customer = \"客户\", amount = \"金额\", \
         on = { column = \"日期\", date_format = \"YYYY/M/D\" }, kind = { column = \"类别\", values = { \"拜访\" = \"visit\" } } }\n",
    );
    fs::write(folder.join("map.toml"), map).unwrap();
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(summary(&folder).amounts["cost.to_serve"], "120.00");
}

#[test]
fn the_report_speaks_words_and_opens_its_numbers() {
    let folder = written("words", &files());
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let report = fs::read_to_string(folder.join("out/report.html")).unwrap();
    for wanted in [
        // Titles of figures, columns of their rows, codes in them.
        "满期保费：商业车险",
        "Earned premium: Commercial motor",
        "满期赔付率：2025 年，代理",
        ">保单号<",
        ">出险日期<",
        // Parameters and statements.
        "赔付率不低于",
        "<span class=\"zh\" lang=\"zh-CN\">12 个月</span>",
        "100%",
        "有赔案的客户中流失的比例",
        // Ratios with two places, the exact one beside.
        "value=\"28.8434\" title=\"28.8434%\">28.84%<",
        "盈亏线",
        "期末贷方余额",
    ] {
        assert!(report.contains(wanted), "{wanted}");
    }
    for raw in ["：line.commercial_motor", "standing true", "loss_ratio_earned ", "poor_loss_ratio", "{found}"] {
        assert!(!report.contains(raw), "{raw}");
    }
    for opened in
        ["f-statement.6.with", "f-statement.10.revenue_gain", "f-file.claims.csv.rows_in", "f-journal.entries"]
    {
        assert!(report.contains(&format!("href=\"#r-{opened}\"")), "{opened}");
    }
    let store = portfolio_review::store::Store::open(&folder.join("out/book.sqlite")).unwrap();
    let reasons = store.texts("SELECT reason_zh, reason_en FROM membership WHERE segment = 'had_claim'").unwrap();
    let zh = "赔案数（拒赔、注销及零结案是否计入由参数决定） 1 次";
    let en = "claims reported whose loss occurred on a day of cover; those that ended without a payment where the parameters \
              count them: 1 claim";
    assert_eq!(reasons, [[zh, en]]);
    // Before, inside and after the year both sides are equal, and credit balances are no negative numbers.
    let summary = summary(&folder);
    for (debit, credit) in [
        ("trial_balance.debit_balance.opening", "trial_balance.credit_balance.opening"),
        ("trial_balance.debit.period", "trial_balance.credit.period"),
        ("trial_balance.debit_balance", "trial_balance.credit_balance"),
    ] {
        assert_eq!(summary.amounts[debit], summary.amounts[credit], "{debit}");
        assert_ne!(summary.amounts[debit], "0.00", "{debit}");
    }
    assert_eq!(summary.amounts["account.6031.credit_balance"], "6714.16");
}
