//! Law 9, nobody checks himself: no sequence of commands gets a record through with one person.

use std::collections::BTreeSet;

use crm_core::{
    access::{Keyed, Verified},
    calendar::Date,
    party::StaffId,
    wire,
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{config, day, faults, of, staff};

/// Two people, each in several ways of writing his code.
const SPELLINGS: [[&str; 5]; 3] = [
    ["op-17", "OP-17", "ＯＰ-17", "op -\u{3000}17", "Op-１７"],
    ["straße", "STRASSE", "Strasse", "ſtrasse", "S T R A S S E"],
    ["王伟", "王 伟", "王\u{3000}伟", "王\u{2003}伟", "王\u{A0}伟"],
];

#[derive(Debug, Clone)]
enum Command {
    Key {
        by: (usize, usize),
    },
    Amend {
        by: (usize, usize),
    },
    Verify {
        by: (usize, usize),
    },
    Reopen {
        by: (usize, usize),
    },
    /// Written to the host's store and read back.
    Store {},
    /// Written, the verifier's code replaced in the text by this one, and read back.
    Forge {
        by: (usize, usize),
    },
}

/// How records come to be verified: the core, or a mutant of it.
trait Desk {
    fn verify(keyed: &Keyed<i64>, by: &StaffId, on: Date) -> bool;
}

struct Core;

impl Desk for Core {
    fn verify(keyed: &Keyed<i64>, by: &StaffId, on: Date) -> bool {
        keyed.clone().verify(by.clone(), on).is_ok()
    }
}

/// A mutant: codes are compared as they are written.
struct AsWritten;

impl Desk for AsWritten {
    fn verify(keyed: &Keyed<i64>, by: &StaffId, _on: Date) -> bool {
        !keyed.keyed_by().contains(by)
    }
}

/// A mutant: only the last hand counts.
struct LastHand;

impl Desk for LastHand {
    fn verify(keyed: &Keyed<i64>, by: &StaffId, _on: Date) -> bool {
        keyed.keyed_by().last().is_some_and(|last| !last.may_be(by))
    }
}

fn code((person, spelling): (usize, usize)) -> StaffId {
    staff(SPELLINGS[person][spelling])
}

/// Runs the commands beside a model that knows the people behind the codes.
fn run<D: Desk>(commands: &[Command]) -> Result<(), String> {
    let mut keyed: Option<Keyed<i64>> = None;
    let mut verified: Option<Verified<i64>> = None;
    let mut hands: BTreeSet<usize> = BTreeSet::new();
    for (step, command) in commands.iter().enumerate() {
        let on = day(step as i64);
        match command {
            Command::Key { by } => {
                (keyed, verified) = (Some(Keyed::new(step as i64, code(*by), on)), None);
                hands = [by.0].into();
            }
            Command::Amend { by } => {
                if let Some(record) = keyed.take() {
                    keyed = Some(record.amend(step as i64, code(*by), on).unwrap());
                    hands.insert(by.0);
                }
            }
            Command::Reopen { by } => {
                if let Some(record) = verified.take() {
                    keyed = Some(record.amend(step as i64, code(*by), on).unwrap());
                    hands.insert(by.0);
                }
            }
            Command::Verify { by } => {
                if let Some(record) = &keyed {
                    let through = D::verify(record, &code(*by), on);
                    if through && hands.contains(&by.0) {
                        return Err(format!("step {step}: person {} verified his own entry", by.0));
                    }
                    if !through && !hands.contains(&by.0) {
                        return Err(format!("step {step}: person {} was kept from verifying", by.0));
                    }
                    if through {
                        verified = record.clone().verify(code(*by), on).ok();
                        keyed = None;
                    }
                }
            }
            Command::Store {} => {
                keyed = keyed.map(|record| of(&wire::to_json(&record).unwrap()));
                verified = verified.map(|record| of(&wire::to_json(&record).unwrap()));
            }
            Command::Forge { by } => {
                if let Some(record) = &verified {
                    let text = wire::to_json(record).unwrap();
                    let real = wire::to_json(record.verified_by()).unwrap();
                    let forged = wire::to_json(&code(*by)).unwrap();
                    let text = text.replace(&format!("\"verified_by\":{real}"), &format!("\"verified_by\":{forged}"));
                    let loads = wire::from_json::<Verified<i64>>(text.as_bytes()).is_ok();
                    if loads && hands.contains(&by.0) {
                        return Err(format!("step {step}: a document with one person was taken"));
                    }
                }
            }
        }
    }
    Ok(())
}

fn command() -> impl Strategy<Value = Command> {
    let by = || (0_usize..SPELLINGS.len(), 0_usize..5);
    prop_oneof![
        1 => by().prop_map(|by| Command::Key { by }),
        3 => by().prop_map(|by| Command::Amend { by }),
        6 => by().prop_map(|by| Command::Verify { by }),
        3 => by().prop_map(|by| Command::Reopen { by }),
        1 => Just(Command::Store {}),
        2 => by().prop_map(|by| Command::Forge { by }),
    ]
}

fn law<D: Desk>(cases: u32) -> Result<(), String> {
    let first = (0_usize..SPELLINGS.len(), 0_usize..5).prop_map(|by| Command::Key { by });
    let sequences = (first, proptest::collection::vec(command(), 1..30)).prop_map(|(first, mut rest)| {
        rest.insert(0, first);
        rest
    });
    let mut runner = TestRunner::new(config(cases));
    let holds = runner.run(&sequences, |commands| run::<D>(&commands).map_err(TestCaseError::fail));
    holds.map_err(|error| error.to_string())
}

#[test]
fn law_9_nobody_checks_himself() {
    law::<Core>(1000).unwrap();
}

#[test]
fn law_9_catches_codes_compared_as_written_and_forgotten_hands() {
    assert!(law::<AsWritten>(1000).is_err());
    assert!(law::<LastHand>(1000).is_err());
}

/// One person alone, with every command there is, in every way of writing his code.
#[test]
fn law_9_one_person_alone_never_gets_through() {
    for [one, others @ ..] in SPELLINGS {
        let keyed = Keyed::new("x".to_owned(), staff(one), day(0));
        for other in others.into_iter().chain([one]) {
            let refusal = keyed.clone().verify(staff(other), day(1)).unwrap_err();
            assert_eq!(faults(&refusal), ["access.check.self /by"], "{one} {other}");
            let amended = keyed.clone().amend("y".to_owned(), staff(other), day(1)).unwrap();
            assert_eq!(amended.keyed_by().len(), 1);
            assert!(amended.verify(staff(one), day(2)).is_err());
        }
    }
}

#[test]
fn a_verified_record_tells_who_and_when() {
    let keyed = Keyed::new(1_i64, staff("op-17"), day(0)).amend(2, staff("op-18"), day(1)).unwrap();
    assert_eq!((*keyed.record(), keyed.keyed_on()), (2, day(1)));
    let verified = keyed.verify(staff("op-19"), day(1)).unwrap();
    assert_eq!((*verified.record(), verified.keyed_on(), verified.verified_on()), (2, day(1), day(1)));
    assert_eq!(verified.keyed_by(), [staff("op-17"), staff("op-18")]);
    assert_eq!(verified.verified_by(), &staff("op-19"));
    let text = wire::to_json(&verified).unwrap();
    assert_eq!(
        text,
        r#"{"record":2,"keyed_by":["op-17","op-18"],"keyed_on":"2026-01-02","verified_by":"op-19","verified_on":"2026-01-02"}"#
    );
    assert_eq!(of::<Verified<i64>>(&text), verified);
    assert_eq!(verified.clone().into_record(), 2);
    // The old verifier may verify again, whoever keyed the change may not.
    let again = verified.amend(3, staff("op-20"), day(2)).unwrap();
    assert!(again.clone().verify(staff("op-20"), day(2)).is_err());
    assert!(again.verify(staff("op-19"), day(2)).is_ok());
}

#[test]
fn a_check_before_the_work_is_refused() {
    let keyed = Keyed::new(1_i64, staff("op-17"), day(5));
    let refusal = keyed.clone().verify(staff("op-17"), day(4)).unwrap_err();
    assert_eq!(faults(&refusal), ["access.check.self /by", "access.check.early /on"]);
    assert_eq!(faults(&keyed.clone().amend(2, staff("op-17"), day(4)).unwrap_err()), ["access.check.early /on"]);
    let verified = keyed.verify(staff("op-18"), day(6)).unwrap();
    assert_eq!(faults(&verified.amend(2, staff("op-17"), day(5)).unwrap_err()), ["access.check.early /on"]);
}

#[test]
fn a_stored_record_is_checked_when_it_is_read() {
    for (json, code) in [
        (r#"{"record":1,"keyed_by":[],"keyed_on":"2026-01-02"}"#, "access.check.nobody /keyed_by"),
        (r#"{"record":1,"keyed_by":["a"],"keyed_on":"2026-01-02","x":1}"#, "wire.field.unknown /x"),
    ] {
        assert_eq!(faults(&wire::from_json::<Keyed<i64>>(json.as_bytes()).unwrap_err()), [code]);
    }
    let verified = |keyed: &str, by: &str, on: &str| {
        let json = format!(
            r#"{{"record":1,"keyed_by":[{keyed}],"keyed_on":"2026-01-02","verified_by":"{by}","verified_on":"{on}"}}"#
        );
        wire::from_json::<Verified<i64>>(json.as_bytes()).map_err(|refusal| faults(&refusal))
    };
    assert!(verified(r#""a","b""#, "c", "2026-01-02").is_ok());
    assert_eq!(verified("", "c", "2026-01-02"), Err(vec!["access.check.nobody /keyed_by".to_owned()]));
    assert_eq!(verified(r#""a","b""#, "B", "2026-01-02"), Err(vec!["access.check.self /by".to_owned()]));
    assert_eq!(verified(r#""a","b""#, "c", "2026-01-01"), Err(vec!["access.check.early /on".to_owned()]));
}
