//! The plan's own cases, run when it is loaded.

use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use super::{Quote, RateCase, RateExpectation, RatePlan};
use crate::{
    refusal::{Code, Fault, Refusal, shown_name},
    rulebook::length_fault,
};

impl RatePlan {
    /// Every case that comes to something else than it says.
    pub(super) fn case_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (index, case) in self.spec.cases.iter().enumerate() {
            let found = self.case_fault(case);
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("cases")));
        }
        faults
    }

    fn case_fault(&self, case: &RateCase) -> Option<Fault> {
        for (field, text) in [("text", &case.text), ("source", &case.source)] {
            if let Some(fault) = length_fault(text) {
                return Some(fault.at(field));
            }
        }
        if case.source.trim().is_empty() {
            return Some(Fault::new(Code::RulebookSourceMissing).at("source"));
        }
        let answer = self.quote(&case.risk, &case.request);
        let differs = match (&case.expect, &answer) {
            (RateExpectation::Premium { net, coverages }, Ok(quote)) => {
                let mut wanted = coverages.iter();
                let found = |code: &String| quote.coverages.iter().find(|one| one.code == *code).map(|one| one.net);
                quote.net != *net || wanted.any(|(code, premium)| found(code) != Some(*premium))
            }
            (RateExpectation::Refused { code }, Err(refusal)) => refusal.code().as_str() != code,
            _ => true,
        };
        differs.then(|| {
            Fault::new(Code::ProductCaseFailed)
                .with("case", case.text.clone())
                .with("expected", expected(&case.expect))
                .with("found", found(&answer, &case.expect))
                .at("expect")
        })
    }
}

fn expected(expect: &RateExpectation) -> String {
    match expect {
        RateExpectation::Premium { net, coverages } => {
            let parts = coverages.iter().map(|(code, premium)| format!(", {} {premium}", shown_name(code)));
            format!("{net}{}", parts.collect::<String>())
        }
        RateExpectation::Refused { code } => String::from(shown_name(code)),
    }
}

fn found(answer: &Result<Quote, Refusal>, expect: &RateExpectation) -> String {
    match answer {
        Err(refusal) if refusal.path().is_root() => refusal.code().to_string(),
        Err(refusal) => format!("{} {}", refusal.code(), refusal.path()),
        Ok(quote) => {
            let RateExpectation::Premium { coverages, .. } = expect else { return quote.net.to_string() };
            let asked = quote.coverages.iter().filter(|one| coverages.contains_key(&one.code));
            let parts = asked.map(|one| format!(", {} {}", one.code, one.net));
            format!("{}{}", quote.net, parts.collect::<String>())
        }
    }
}
