//! Dated rights: what loads, what is decided, and that nobody raises himself.

use crm_core::{
    access::{
        ActCode, CUSTOMER_FILE_ROLES, Grant, GrantHolder, Permission, Right, RightsBook, RightsCommand, RightsEvent,
        RightsSpec, SightLevel, customer_file_roles,
    },
    privacy::{Mask, Sensitivity, Showing},
    wire,
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{config, day, faults, of, posting, staff};

fn grant(id: &str, holder: &str, right: &str, from: i64, until: Option<i64>, by: &str) -> Grant {
    Grant {
        id: id.parse().unwrap(),
        holder: of(holder),
        right: of(right),
        from: day(from),
        until: until.map(day),
        source: "order 7".to_owned(),
        granted_by: staff(by),
        granted_on: day(0),
        ended: None,
    }
}

const OP: &str = r#"{"person":{"person":"op-17"}}"#;
const SALES: &str = r#"{"role":{"role":"sales"}}"#;
const NEW_SALES: &str = r#"{"template":{"template":"new sales"}}"#;
const OWN: &str = r#"{"see_rows":{"level":"own"}}"#;
const BRANCH: &str = r#"{"see_rows":{"level":"branch"}}"#;
const CREATE: &str = r#"{"act":{"act":"customer.create"}}"#;
const IN_SALES: &str = r#"{"role":{"role":"sales"}}"#;

fn spec(grants: Vec<Grant>) -> RightsSpec {
    RightsSpec { grants, checked_until: day(300) }
}

fn carry_out(book: &mut RightsBook, command: &RightsCommand) -> Vec<RightsEvent> {
    let events = book.decide(command).unwrap();
    events.iter().for_each(|event| book.apply(event));
    events
}

fn refused(book: &RightsBook, command: &RightsCommand) -> Vec<String> {
    faults(&book.decide(command).unwrap_err())
}

fn revoke(id: &str, from: i64, on: i64) -> RightsCommand {
    RightsCommand::Revoke {
        id: id.parse().unwrap(),
        from: day(from),
        source: "order 8".to_owned(),
        by: staff("admin-1"),
        on: day(on),
    }
}

fn change(id: &str, new_id: &str, right: &str, from: i64, on: i64) -> RightsCommand {
    RightsCommand::Change {
        id: id.parse().unwrap(),
        new_id: new_id.parse().unwrap(),
        right: of(right),
        from: day(from),
        source: "order 9".to_owned(),
        by: staff("admin-1"),
        on: day(on),
    }
}

fn copy(to: &str, prefix: &str, from: i64) -> RightsCommand {
    RightsCommand::Copy {
        template: "new sales".parse().unwrap(),
        to: of(to),
        id_prefix: prefix.parse().unwrap(),
        from: day(from),
        until: Some(day(100)),
        source: "order 10".to_owned(),
        by: staff("admin-1"),
        on: day(1),
    }
}

#[test]
fn loading_reports_every_fault_at_once() {
    let whole = r#"{"show_kind":{"mask":"whole","showing":"full"}}"#;
    let limit = |act: &str| format!(r#"{{"{act}":{{"act":"x","limit":{{"amount":"-0.01","currency":"CNY"}}}}}}"#);
    let mut silent = grant("8", OP, CREATE, 20, None, "admin-1");
    silent.source = "  ".to_owned();
    let grants = vec![
        grant("1", OP, OWN, 0, Some(10), "admin-1"),
        grant("1", OP, OWN, 10, None, "admin-1"),
        grant("3", OP, OWN, 9, Some(11), "admin-1"),
        grant("4", OP, CREATE, 5, None, "ＯＰ-17"),
        grant("5", SALES, IN_SALES, 5, None, "admin-1"),
        grant("6", SALES, whole, 5, Some(5), "admin-1"),
        grant("7", SALES, &limit("act"), -1, None, "admin-1"),
        silent,
        grant("9", SALES, &limit("approve"), 5, None, "admin-1"),
    ];
    let refusal = RightsBook::load(&spec(grants)).unwrap_err();
    assert_eq!(
        faults(&refusal),
        [
            "access.grant.id_taken /grants/1/id",
            "access.grant.overlap /grants/2/from",
            "access.grant.self /grants/3/granted_by",
            "access.grant.role_in_role /grants/4/right/role/role",
            "access.right.kind_whole /grants/5/right/show_kind/mask",
            "calendar.period.empty /grants/5/until",
            "access.right.limit_negative /grants/6/right/act/limit",
            "access.grant.backdated /grants/6/from",
            "rulebook.source.missing /grants/7/source",
            "access.grant.overlap /grants/7/from",
            "access.right.limit_negative /grants/8/right/approve/limit",
        ]
    );
    let many = (0..1002).map(|n| grant(&format!("{n}"), OP, CREATE, 2 * n, Some(2 * n + 1), "admin-1")).collect();
    let refusal = RightsBook::load(&spec(many)).unwrap_err();
    assert_eq!(
        faults(&refusal),
        ["access.grant.too_many /grants/1000/holder", "access.grant.too_many /grants/1001/holder"]
    );
}

#[test]
fn rights_begin_and_end_on_their_days() {
    let full = r#"{"show_class":{"sensitivity":"personal","showing":"full"}}"#;
    let masked = r#"{"show_class":{"sensitivity":"personal","showing":"masked"}}"#;
    let phones = r#"{"show_kind":{"mask":"mobile","showing":"full"}}"#;
    let book = RightsBook::load(&spec(vec![
        grant("1", SALES, OWN, 0, None, "admin-1"),
        grant("2", SALES, masked, 0, None, "admin-1"),
        grant("3", OP, IN_SALES, 10, Some(20), "admin-1"),
        grant("4", OP, BRANCH, 15, Some(17), "admin-1"),
        grant("5", OP, full, 12, Some(14), "admin-1"),
        grant("6", OP, phones, 0, None, "admin-1"),
        grant(
            "7",
            SALES,
            r#"{"act":{"act":"claim.pay","limit":{"amount":"100.00","currency":"CNY"}}}"#,
            0,
            None,
            "admin-1",
        ),
    ]))
    .unwrap();
    let viewer = |on: i64| book.viewer(&posting("op-17"), day(on));
    for (on, level) in [
        (9, None),
        (10, Some(SightLevel::Own)),
        (14, Some(SightLevel::Own)),
        (15, Some(SightLevel::Branch)),
        (16, Some(SightLevel::Branch)),
        (17, Some(SightLevel::Own)),
        (19, Some(SightLevel::Own)),
        (20, None),
    ] {
        assert_eq!(viewer(on).level, level, "{on}");
    }
    for (on, showing) in [(9, Showing::Hidden), (11, Showing::Masked), (12, Showing::Full), (14, Showing::Masked)] {
        let clearance = book.clearance(&viewer(on), day(on));
        assert_eq!(clearance.showing(Sensitivity::Personal, Some(Mask::Name)), showing, "{on}");
        assert_eq!(clearance.showing(Sensitivity::Personal, Some(Mask::Mobile)), Showing::Full);
        assert_eq!(clearance.showing(Sensitivity::Sensitive, Some(Mask::Document)), Showing::Hidden);
    }
    let pay: ActCode = "claim.pay".parse().unwrap();
    let may = |on: i64, minor: i64| {
        let amount = crm_core::money::Money::from_minor(minor, crm_core::money::Currency::CNY);
        book.may(&viewer(on), &pay, Some(amount), day(on))
    };
    assert_eq!((may(11, 10_000).permission, may(11, 10_000).grants), (Permission::Allowed, vec!["7".parse().unwrap()]));
    assert_eq!((may(11, 10_001).permission, may(11, 10_001).grants.len()), (Permission::AboveLimit, 1));
    assert_eq!((may(20, 1).permission, may(20, 1).grants.len()), (Permission::NoRight, 0));
    // To do something is not to approve it.
    assert_eq!(book.may_approve(&viewer(11), &pay, None, day(11)).permission, Permission::NoRight);
    assert!(!may(300, 1).stale && may(301, 1).stale);
    assert_eq!(book.held(&of(OP), day(16)).count(), 3);
    assert_eq!(book.grants().len(), 7);
}

#[test]
fn granting_changing_and_revoking() {
    let mut book = RightsBook::new(day(300));
    let first = RightsCommand::Grant { grant: grant("1", OP, OWN, 5, Some(50), "admin-1") };
    assert_eq!(carry_out(&mut book, &first).len(), 1);
    assert_eq!(carry_out(&mut book, &first), []);
    let other = RightsCommand::Grant { grant: grant("1", OP, BRANCH, 5, Some(50), "admin-1") };
    assert_eq!(refused(&book, &other), ["access.grant.id_taken /grant/grant/id"]);

    let raise = change("1", "2", BRANCH, 20, 15);
    assert_eq!(carry_out(&mut book, &raise).len(), 2);
    assert_eq!(carry_out(&mut book, &raise), []);
    let level = |book: &RightsBook, on: i64| book.viewer(&posting("op-17"), day(on)).level;
    let levels = [4, 5, 19, 20, 49, 50].map(|on| level(&book, on));
    let (own, branch) = (Some(SightLevel::Own), Some(SightLevel::Branch));
    assert_eq!(levels, [None, own, own, branch, branch, None]);
    // The first command once more: it was carried out, and what happened since stays.
    assert_eq!(carry_out(&mut book, &first), []);

    let end = revoke("2", 30, 25);
    assert_eq!(carry_out(&mut book, &end).len(), 1);
    assert_eq!(carry_out(&mut book, &end), []);
    assert_eq!([29, 30].map(|on| level(&book, on)), [branch, None]);
    assert_eq!(refused(&book, &revoke("2", 40, 25)), ["access.grant.over /revoke/id"]);
    assert_eq!(refused(&book, &revoke("3", 40, 25)), ["access.grant.unknown /revoke/id"]);
    assert_eq!(refused(&book, &revoke("2", 24, 25)), ["access.grant.backdated /revoke/from"]);
    assert_eq!(refused(&book, &change("3", "4", OWN, 40, 25)), ["access.grant.unknown /change/id"]);
    assert_eq!(refused(&book, &change("2", "1", OWN, 26, 25)), ["access.grant.id_taken /change/new_id"]);
    let mut silent = revoke("2", 26, 25);
    if let RightsCommand::Revoke { source, .. } = &mut silent {
        source.clear();
    }
    assert_eq!(refused(&book, &silent), ["rulebook.source.missing /revoke/source"]);
    let mut own_raise = change("2", "5", CREATE, 26, 25);
    if let RightsCommand::Change { by, .. } = &mut own_raise {
        *by = staff("Op-17");
    }
    assert_eq!(refused(&book, &own_raise), ["access.grant.self /change/by"]);
    // A grant that was revoked before it began was never valid, and still loads.
    carry_out(&mut book, &RightsCommand::Grant { grant: grant("6", OP, CREATE, 60, None, "admin-1") });
    carry_out(&mut book, &revoke("6", 55, 52));
    assert_eq!(book.grants().last().unwrap().until, Some(day(60)));
    assert_eq!(RightsBook::load(&book.spec()).unwrap().spec(), book.spec());
    // Granted anew over its day: what was never valid stands in nobody's way.
    assert_eq!(
        carry_out(&mut book, &RightsCommand::Grant { grant: grant("7", OP, CREATE, 55, None, "admin-1") }).len(),
        1
    );
    let mut over = grant("8", OP, OWN, 90, None, "admin-1");
    over.ended = book.grants()[0].ended.clone();
    assert_eq!(refused(&book, &RightsCommand::Grant { grant: over }), ["access.grant.over /grant/grant/ended"]);
}

#[test]
fn a_template_user_is_copied() {
    let mut book = RightsBook::load(&spec(vec![
        grant("1", NEW_SALES, IN_SALES, 0, None, "admin-1"),
        grant("2", NEW_SALES, OWN, 0, None, "admin-1"),
        grant("3", NEW_SALES, BRANCH, 0, Some(2), "admin-1"),
        grant("4", OP, OWN, 0, None, "admin-1"),
    ]))
    .unwrap();
    let command = copy(OP, "n-17", 5);
    let events = carry_out(&mut book, &command);
    // Own sight he has; the third had ended; so the role is new.
    let [RightsEvent::Granted { grant }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(grant.id.as_str(), "n-17-1");
    assert_eq!((grant.right.clone(), grant.until), (of(IN_SALES), Some(day(100))));
    assert_eq!(carry_out(&mut book, &command), []);
    assert_eq!(carry_out(&mut book, &copy(r#"{"person":{"person":"op-18"}}"#, "n-18", 5)).len(), 2);
    // A template is nobody: its rights are in no viewer.
    assert_eq!(book.viewer(&posting("new sales"), day(5)).level, None);
    assert_eq!(refused(&book, &copy(r#"{"person":{"person":"Admin-1"}}"#, "a", 5)), ["access.grant.self /copy/by"]);
    assert_eq!(refused(&book, &copy(SALES, "s", 5)), ["access.grant.role_in_role /copy/template"]);
    let expected = ["access.grant.backdated /copy/from", "access.grant.overlap /copy/from"];
    assert_eq!(refused(&book, &copy(OP, "m", 0)), expected);
    let mut unknown = copy(OP, "n", 5);
    if let RightsCommand::Copy { template, .. } = &mut unknown {
        *template = "nobody".parse().unwrap();
    }
    assert_eq!(refused(&book, &unknown), ["access.template.empty /copy/template"]);
}

#[test]
fn the_roles_of_the_customer_file() {
    let grants = customer_file_roles(day(0), "order 7", &staff("admin-1"), day(0)).unwrap();
    let mut book = RightsBook::load(&spec(grants)).unwrap();
    for (role, acts) in CUSTOMER_FILE_ROLES {
        let person = format!("the {role}");
        let holder = GrantHolder::Person { person: staff(&person) };
        let in_role = Grant {
            holder,
            right: Right::Role { role: role.parse().unwrap() },
            ..grant(role, OP, OWN, 0, None, "admin-1")
        };
        carry_out(&mut book, &RightsCommand::Grant { grant: in_role });
        let viewer = book.viewer(&posting(&person), day(0));
        for act in CUSTOMER_FILE_ROLES.iter().flat_map(|(_, acts)| acts.iter()) {
            let allowed = book.may(&viewer, &act.parse().unwrap(), None, day(0)).permission == Permission::Allowed;
            assert_eq!(allowed, acts.contains(act), "{role} {act}");
        }
    }
}

/// Commands over few people and rights, so that they meet.
fn command() -> impl Strategy<Value = RightsCommand> {
    let people = ["a", "A", "b"];
    let holder = prop_oneof![
        proptest::sample::select(people.to_vec()).prop_map(|code| GrantHolder::Person { person: staff(code) }),
        Just(of::<GrantHolder>(SALES)),
        Just(of::<GrantHolder>(NEW_SALES)),
    ];
    let right = proptest::sample::select(vec![OWN, BRANCH, CREATE, IN_SALES]).prop_map(of::<Right>);
    let number = || 0_usize..12;
    let by = proptest::sample::select(people.to_vec()).prop_map(staff);
    (holder, right, number(), number(), 0_i64..20, proptest::option::of(0_i64..30), by, 0_i64..20, 0_usize..5).prop_map(
        |(holder, right, one, other, from, until, by, on, kind)| {
            let (id, source) = (one.to_string().parse().unwrap(), "order".to_owned());
            let (from, on, until) = (day(from), day(on), until.map(day));
            match kind {
                0 => RightsCommand::Revoke { id, from, source, by, on },
                1 => RightsCommand::Change {
                    id,
                    new_id: other.to_string().parse().unwrap(),
                    right,
                    from,
                    source,
                    by,
                    on,
                },
                2 => {
                    let template = "new sales".parse().unwrap();
                    RightsCommand::Copy { template, to: holder, id_prefix: id, from, until, source, by, on }
                }
                _ => RightsCommand::Grant {
                    grant: Grant {
                        id,
                        holder,
                        right,
                        from,
                        until,
                        source,
                        granted_by: by,
                        granted_on: on,
                        ended: None,
                    },
                },
            }
        },
    )
}

/// What holds of every book that commands have made: it loads as stored, and no right of a person was entered by him,
/// directly or through a role that he was in.
fn sound(book: &RightsBook) -> Result<(), String> {
    let loaded = RightsBook::load(&book.spec()).map_err(|refusal| refusal.to_string())?;
    if loaded.spec() != book.spec() {
        return Err("another state".to_owned());
    }
    let stored: RightsSpec = of(&wire::to_json(&book.spec()).unwrap());
    if stored != book.spec() {
        return Err("another text".to_owned());
    }
    for grant in book.grants() {
        if let GrantHolder::Person { person } = &grant.holder
            && person.may_be(&grant.granted_by)
        {
            return Err(format!("{:?} was granted to oneself", grant.id));
        }
    }
    for number in 0..30 {
        for code in ["a", "A", "b"] {
            let rights: Vec<_> = book.viewer(&posting(code), day(number)).level.into_iter().collect();
            let by_model = book
                .grants()
                .iter()
                .filter(|grant| grant.valid_on(day(number)))
                .filter(|grant| match &grant.holder {
                    GrantHolder::Person { person } => person.as_str() == code,
                    GrantHolder::Role { .. } => book.grants().iter().any(|member| {
                        member.valid_on(day(number))
                            && matches!(member.right, Right::Role { .. })
                            && member.holder == GrantHolder::Person { person: staff(code) }
                    }),
                    GrantHolder::Template { .. } => false,
                })
                .filter_map(|grant| match grant.right {
                    Right::SeeRows { level } => Some(level),
                    _ => None,
                })
                .max();
            if rights.first().copied() != by_model {
                return Err(format!("{code} on day {number}"));
            }
        }
    }
    Ok(())
}

fn law(check: impl Fn(&mut RightsBook, &RightsCommand) -> bool, cases: u32) -> Result<(), String> {
    let mut runner = TestRunner::new(config(cases));
    let holds = runner.run(&proptest::collection::vec(command(), 0..40), |commands| {
        let mut book = RightsBook::new(day(300));
        let mut events = Vec::new();
        for command in &commands {
            let before = book.spec();
            if check(&mut book, command) {
                let decided = RightsBook::load(&before).unwrap().decide(command).unwrap_or_default();
                events.extend(decided);
            } else {
                prop_assert_eq!(book.spec(), before);
            }
        }
        sound(&book).map_err(TestCaseError::fail)?;
        // What has happened, told again, twice over, gives the same book.
        let mut again = RightsBook::new(day(300));
        for event in &events {
            again.apply(event);
            again.apply(event);
        }
        prop_assert_eq!(again.spec(), book.spec());
        Ok(())
    });
    holds.map_err(|error| error.to_string())
}

fn decide_and_apply(book: &mut RightsBook, command: &RightsCommand) -> bool {
    match book.decide(command) {
        Ok(events) => {
            events.iter().for_each(|event| book.apply(event));
            true
        }
        Err(_) => false,
    }
}

#[test]
fn rights_made_by_commands_load_and_nobody_grants_to_himself() {
    law(decide_and_apply, 300).unwrap();
}

/// The mutant: a grant that is taken without a look at it.
#[test]
fn the_law_of_rights_catches_a_grant_without_a_look() {
    let careless = |book: &mut RightsBook, command: &RightsCommand| match command {
        RightsCommand::Grant { grant } => {
            book.apply(&RightsEvent::Granted { grant: grant.clone() });
            true
        }
        _ => decide_and_apply(book, command),
    };
    assert!(law(careless, 300).is_err());
}

/// A member of a role gives the role no rights; who is not may, and who becomes one later has them.
#[test]
fn a_member_raises_no_role_of_his() {
    let mut book = RightsBook::load(&spec(vec![grant("1", OP, IN_SALES, 10, Some(20), "admin-1")])).unwrap();
    let raise = |id: &str, from: i64, until: Option<i64>, by: &str| RightsCommand::Grant {
        grant: grant(id, SALES, BRANCH, from, until, by),
    };
    assert_eq!(refused(&book, &raise("2", 0, Some(11), "OP-17")), ["access.grant.self /grant/grant/granted_by"]);
    assert_eq!(refused(&book, &raise("2", 19, None, "op-17")), ["access.grant.self /grant/grant/granted_by"]);
    assert_eq!(carry_out(&mut book, &raise("2", 0, Some(10), "op-17")).len(), 1);
    assert_eq!(carry_out(&mut book, &raise("3", 10, None, "admin-2")).len(), 1);
}
