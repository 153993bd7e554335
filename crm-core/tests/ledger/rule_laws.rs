//! Law 5 for posting rules: a rule loads exactly when its lines balance whatever the amounts are.

use std::collections::BTreeMap;

use crm_core::{
    ledger::{AmountDeclaration, BookingEvent, Chart, PostingLine, PostingRule, PostingRules, PostingRulesSpec, Side},
    money::{Currency, Money},
    refusal::Code,
};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{
    runner,
    small::{chart, code, day, event},
};

const NAMES: [&str; 3] = ["gross", "net", "tax"];

fn some_line() -> impl Strategy<Value = PostingLine> {
    let names = |most| prop::collection::vec(prop::sample::select(NAMES.to_vec()), 0..most);
    (0..3_usize, any::<bool>(), prop::bool::weighted(0.2), names(3), names(2)).prop_map(
        |(account, debit, red, plus, minus)| PostingLine {
            account: code(["bank", "income", "tax"][account]),
            side: if debit { Side::Debit } else { Side::Credit },
            red,
            plus: plus.into_iter().map(str::to_owned).collect(),
            minus: minus.into_iter().map(str::to_owned).collect(),
            dimensions: vec![],
        },
    )
}

/// Lines as they come, or the same lines and what takes them back on the other side or in red.
fn some_lines() -> impl Strategy<Value = Vec<PostingLine>> {
    (prop::collection::vec(some_line(), 1..4), 0..3_usize).prop_map(|(mut lines, closing)| {
        let other = |line: &PostingLine| {
            let mut other = line.clone();
            match closing {
                0 => other.side = if line.side == Side::Debit { Side::Credit } else { Side::Debit },
                _ => other.red = !line.red,
            }
            other
        };
        if closing < 2 {
            lines.extend(lines.iter().map(other).collect::<Vec<_>>());
        }
        lines
    })
}

fn rules_of(lines: Vec<PostingLine>) -> PostingRulesSpec {
    let declared = |name: &&str| AmountDeclaration {
        name: (*name).to_owned(),
        meaning: (*name).to_owned(),
        meaning_zh: (*name).to_owned(),
        zero_allowed: true,
    };
    let used = |name: &&&str| lines.iter().any(|line| line.plus.iter().chain(&line.minus).any(|n| n == *name));
    PostingRulesSpec {
        name: "generated".to_owned(),
        chart: "small".to_owned(),
        parameters: vec![],
        rules: vec![PostingRule {
            event_kind: "something".to_owned(),
            text: String::new(),
            text_zh: String::new(),
            source: "generated".to_owned(),
            from: day("2020-01-01"),
            until: None,
            amounts: NAMES.iter().filter(used).map(declared).collect(),
            lines,
        }],
        cases: vec![],
        checked_until: day("2026-12-31"),
    }
}

/// Whether rules balance, said before any amount is known.
type Proof = fn(&PostingRulesSpec, &Chart) -> bool;

fn balances(spec: &PostingRulesSpec, chart: &Chart) -> bool {
    match PostingRules::load(spec, chart) {
        Ok(_) => true,
        Err(refusal) => refusal.faults().iter().all(|fault| fault.code() != Code::LedgerRuleUnbalanced),
    }
}

/// The model puts numbers in: a hole that no amounts show is none. Powers far apart can't cancel by chance.
fn law_rules_balance(proof: Proof) -> impl Fn(Vec<PostingLine>) -> TestCaseResult {
    move |lines| {
        let numbers = BTreeMap::from([("gross", 1_i128), ("net", 1_000), ("tax", 1_000_000)]);
        let total = |names: &[String]| names.iter().map(|name| numbers[name.as_str()]).sum::<i128>();
        let mut hole = 0;
        for line in &lines {
            let amount = total(&line.plus) - total(&line.minus);
            let signed = if line.red { -amount } else { amount };
            hole += if line.side == Side::Debit { signed } else { -signed };
        }
        let spec = rules_of(lines);
        prop_assert_eq!(proof(&spec, &chart()), hole == 0);
        // What loads makes balanced entries, or says why it makes none.
        if let Ok(rules) = PostingRules::load(&spec, &chart()) {
            let amounts = spec.rules[0].amounts.iter().zip([700, 20, 3]);
            let event = BookingEvent {
                id: event("E-1"),
                event_kind: "something".to_owned(),
                on: day("2026-01-01"),
                reference: None,
                amounts: amounts
                    .map(|(amount, minor)| (amount.name.clone(), Money::from_minor(minor, Currency::CNY)))
                    .collect(),
                dimensions: BTreeMap::new(),
            };
            if let Err(refusal) = rules.entry(&event) {
                let known = [Code::LedgerAmountExceeds, Code::LedgerAmountNothing];
                prop_assert!(refusal.faults().iter().all(|fault| known.contains(&fault.code())), "{}", refusal);
            }
        }
        Ok(())
    }
}

#[test]
fn a_rule_loads_when_it_balances() {
    runner().run(&some_lines(), law_rules_balance(balances)).unwrap();
}

#[test]
fn a_rule_loads_when_it_balances_catches_blind_proofs() {
    let black: Proof = |spec, chart| {
        let mut spec = spec.clone();
        spec.rules[0].lines.iter_mut().for_each(|line| line.red = false);
        balances(&spec, chart)
    };
    // Tries one set of amounts, and takes what happens to fit for a proof.
    let tried: Proof = |spec, _| {
        let lines = &spec.rules[0].lines;
        let signed = |line: &PostingLine| {
            let count = i64::try_from(line.plus.len()).unwrap() - i64::try_from(line.minus.len()).unwrap();
            if (line.side == Side::Debit) == line.red { -count } else { count }
        };
        lines.iter().map(signed).sum::<i64>() == 0
    };
    for mutant in [black, tried] {
        assert!(runner().run(&some_lines(), law_rules_balance(mutant)).is_err());
    }
}
