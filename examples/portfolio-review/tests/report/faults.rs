//! A page that does not hold together is refused, with every fault by its place.

use crm_core::refusal::Lang;
use portfolio_review::report::{html::write, page::*};

use crate::fabricated::{premium_rows, typical, yuan};

/// The faults of a page with one thing changed.
fn broken(change: impl FnOnce(&mut Page)) -> Vec<&'static str> {
    let mut page = typical(Lang::En);
    assert_eq!(page.faults(), []);
    change(&mut page);
    assert_eq!(write(&page, &mut Vec::new()).is_err(), !page.faults().is_empty());
    page.faults().into_iter().map(|fault| fault.what).collect()
}

#[test]
fn a_page_that_does_not_hold_together_is_refused() {
    assert_eq!(broken(|page| page.title.zh = " ".into()), ["a text is missing in one of the languages"]);
    assert_eq!(broken(|page| page.rows.clear()).len(), 8);
    assert_eq!(broken(|page| page.rows.push(premium_rows())), ["the id stands twice"]);
    assert_eq!(broken(|page| page.sections[1].id = "overview".into()), ["the id stands twice"]);
    assert_eq!(
        broken(|page| page.sections[1].id = "A b".into()),
        ["an id is letters of English, digits, hyphens, points and underscores, a letter first"]
    );
    let total = "the rows here and the rest are not the total";
    assert_eq!(broken(|page| page.rows[0].total[3] = Some(yuan("33344038.87"))), [total]);
    assert_eq!(broken(|page| page.rows[0].rest[3] = Some(yuan("0.00"))), [total]);
    assert_eq!(broken(|page| page.rows[0].first[0][3] = 7.into()), ["a value is not of the kind of its column", total]);
    assert_eq!(
        broken(|page| page.rows[0].count = 2),
        ["there are more first rows than rows", "there is a sum of the rest and no rest"]
    );
    assert_eq!(broken(|page| page.rows[0].command.clear()), ["the command is missing"]);
    assert_eq!(
        broken(|page| page.rows[0].first = vec![page.rows[0].first[0].clone(); MAX_FIRST_ROWS + 1]),
        ["too many first rows", total]
    );
    let table = |change: fn(&mut Table)| {
        broken(|page| match &mut page.sections[3].blocks[0] {
            Block::Table(table) => change(table),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(table(|table| table.count = 1), ["a table has more rows than it counts"]);
    assert_eq!(table(|table| table.command = None), ["rows are missing and no command lists them"]);
    assert_eq!(table(|table| table.rows[0][4] = 5.into()), ["a value is not of the kind of its column"]);
    assert!(table(|table| drop(table.rows[0].pop())).contains(&"a row of numbers is not as long as its headings"));
    let chart = |section: usize, at: usize, change: fn(&mut Drawing)| {
        broken(|page| match &mut page.sections[section].blocks[at] {
            Block::Chart(chart) => change(&mut chart.drawing),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(
        chart(1, 0, |drawing| if let Drawing::Lines { lines, .. } = drawing {
            lines[4].values[4] = 3.into()
        }),
        ["the numbers along one axis are of one kind and currency"]
    );
    assert_eq!(
        chart(1, 0, |drawing| if let Drawing::Lines { lines, .. } = drawing {
            lines[4].values[0] = Value::text("x").into()
        }),
        ["a chart draws numbers only"]
    );
    assert_eq!(
        chart(1, 0, |drawing| if let Drawing::Lines { lines, .. } = drawing {
            let line = lines[0].clone();
            lines.resize(9, line)
        }),
        ["too many lines"]
    );
    assert_eq!(
        chart(2, 1, |drawing| if let Drawing::Moves { counts, .. } = drawing {
            drop(counts.pop())
        }),
        ["moves have a row for each place before"]
    );
    assert_eq!(
        chart(2, 0, |drawing| if let Drawing::Pyramid { bands, .. } = drawing {
            bands[0].shares[0] = 1.into()
        }),
        ["the shares of a pyramid are in per cent"]
    );
}
