//! Levels of sight: every viewer against every owner of a small company, by a model that lists who sees what.

use crm_core::access::{BranchCode, DepartmentCode, Owned, RowOwner, SightLevel, Viewer, Withheld, WithheldReason};
use crm_core::party::StaffId;

use super::{of, staff};

const LEVELS: [Option<SightLevel>; 5] =
    [None, Some(SightLevel::Own), Some(SightLevel::Department), Some(SightLevel::Branch), Some(SightLevel::Company)];

type Place = (Option<StaffId>, Option<DepartmentCode>, Option<BranchCode>, &'static str);

/// Every place: two people or nobody, two departments or none, two branches or none, two companies.
fn places() -> Vec<Place> {
    let mut places = Vec::new();
    for person in [None, Some("p"), Some("q")] {
        for department in [None, Some("motor"), Some("life")] {
            for branch in [None, Some("north"), Some("south")] {
                for company in ["one", "two"] {
                    places.push((
                        person.map(staff),
                        department.map(|code| code.parse().unwrap()),
                        branch.map(|code| code.parse().unwrap()),
                        company,
                    ));
                }
            }
        }
    }
    places
}

fn viewers() -> Vec<Viewer> {
    let mut viewers = Vec::new();
    for (person, department, branch, company) in places() {
        let Some(person) = person else { continue };
        viewers.extend(LEVELS.map(|level| Viewer {
            person: person.clone(),
            roles: Vec::new(),
            department: department.clone(),
            branch: branch.clone(),
            company: company.parse().unwrap(),
            level,
        }));
    }
    viewers
}

fn owners() -> Vec<RowOwner> {
    let owner = |(person, department, branch, company): Place| RowOwner {
        person,
        department,
        branch,
        company: company.parse().unwrap(),
    };
    places().into_iter().map(owner).collect()
}

/// The model: what each level adds, written as the words of the row.
fn model(viewer: &Viewer, owner: &RowOwner) -> bool {
    let company = owner.company == viewer.company;
    let branch = company && matches!((&owner.branch, &viewer.branch), (Some(a), Some(b)) if a == b);
    let department = branch && matches!((&owner.department, &viewer.department), (Some(a), Some(b)) if a == b);
    let own = company && matches!(&owner.person, Some(person) if *person == viewer.person);
    match viewer.level {
        None => false,
        Some(SightLevel::Own) => own,
        Some(SightLevel::Department) => own || department,
        Some(SightLevel::Branch) => own || department || branch,
        Some(SightLevel::Company) => company,
    }
}

fn law(sees: impl Fn(&Viewer, &RowOwner) -> bool) -> Result<(), String> {
    for viewer in viewers() {
        for owner in owners() {
            if sees(&viewer, &owner) != model(&viewer, &owner) {
                return Err(format!("{viewer:?} {owner:?}"));
            }
        }
    }
    Ok(())
}

#[test]
fn a_query_never_returns_more_than_the_viewer_sees() {
    assert_eq!(viewers().len() * owners().len(), 36 * 5 * 54);
    law(Viewer::sees).unwrap();
}

/// The mutants: rules that are nearly right.
#[test]
fn the_law_of_sight_catches_rules_that_are_nearly_right() {
    let department_of_any_branch = |viewer: &Viewer, owner: &RowOwner| {
        model(viewer, owner)
            || viewer.level == Some(SightLevel::Department)
                && viewer.company == owner.company
                && viewer.department.is_some()
                && viewer.department == owner.department
    };
    let nothing_equals_nothing = |viewer: &Viewer, owner: &RowOwner| {
        model(viewer, owner)
            || viewer.level == Some(SightLevel::Branch)
                && viewer.company == owner.company
                && viewer.branch == owner.branch
    };
    let own_in_any_company = |viewer: &Viewer, owner: &RowOwner| {
        model(viewer, owner) || viewer.level.is_some() && owner.person.as_ref() == Some(&viewer.person)
    };
    let nobodys_rows = |viewer: &Viewer, owner: &RowOwner| {
        model(viewer, owner) || viewer.level == Some(SightLevel::Own) && owner.person.is_none()
    };
    assert!(law(department_of_any_branch).is_err());
    assert!(law(nothing_equals_nothing).is_err());
    assert!(law(own_in_any_company).is_err());
    assert!(law(nobodys_rows).is_err());
}

#[test]
fn a_higher_level_sees_all_that_a_lower_one_sees() {
    for viewer in viewers() {
        let lower = LEVELS.into_iter().take_while(|level| *level != viewer.level);
        for level in lower {
            let low = Viewer { level, ..viewer.clone() };
            assert!(owners().iter().all(|owner| !low.sees(owner) || viewer.sees(owner)));
        }
    }
}

struct Row(RowOwner);

impl Owned for Row {
    fn owner(&self) -> &RowOwner {
        &self.0
    }
}

#[test]
fn rows_in_are_rows_shown_and_rows_left_out() {
    let rows: Vec<Row> = owners().into_iter().map(Row).collect();
    for viewer in viewers() {
        let visible = viewer.sift(&rows);
        assert!(visible.rows().iter().all(|row| model(&viewer, &row.0)));
        assert_eq!(visible.rows().len() as i64 + visible.withheld().rows, rows.len() as i64);
        assert_eq!(visible.withheld().by_reason.values().sum::<i64>(), visible.withheld().rows);
        // Any two parts of the rows count as the whole.
        let (one, other) = rows.split_at(rows.len() / 3);
        let mut merged = viewer.sift(one).withheld().clone();
        merged.merge(viewer.sift_by(other, |row| &row.0).withheld());
        assert_eq!(&merged, visible.withheld());
        let count = visible.rows().len();
        assert_eq!(visible.into_rows().len(), count);
    }
    assert_eq!(Withheld::default().rows, 0);
}

#[test]
fn why_a_row_is_left_out() {
    let viewer: Viewer =
        of(r#"{"person":"p","roles":[],"department":"motor","branch":"north","company":"one","level":"own"}"#);
    let owner = |json: &str| of::<RowOwner>(json);
    for (level, row, reason) in [
        (Some(SightLevel::Own), r#"{"person":"p","company":"two"}"#, Some(WithheldReason::OtherCompany)),
        (None, r#"{"person":"p","company":"one"}"#, Some(WithheldReason::NoSight)),
        (Some(SightLevel::Own), r#"{"person":"p","company":"one"}"#, None),
        (Some(SightLevel::Branch), r#"{"company":"one"}"#, Some(WithheldReason::OtherBranch)),
        (Some(SightLevel::Branch), r#"{"branch":"south","company":"one"}"#, Some(WithheldReason::OtherBranch)),
        (
            Some(SightLevel::Department),
            r#"{"department":"life","branch":"north","company":"one"}"#,
            Some(WithheldReason::OtherDepartment),
        ),
        (
            Some(SightLevel::Own),
            r#"{"person":"q","department":"motor","branch":"north","company":"one"}"#,
            Some(WithheldReason::OtherPerson),
        ),
        (
            Some(SightLevel::Own),
            r#"{"department":"motor","branch":"north","company":"one"}"#,
            Some(WithheldReason::OtherPerson),
        ),
    ] {
        assert_eq!(Viewer { level, ..viewer.clone() }.withheld_because(&owner(row)), reason, "{row}");
    }
}
