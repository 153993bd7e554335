//! Row B4: `=` exact, `$` the pattern exactly as typed.

use std::time::{Duration, Instant};

use crm_core::{product::CodeFilter, wire};
use proptest::prelude::*;

use super::sample::{catalogue, told};

fn found(typed: &str) -> String {
    catalogue().codes(Some(&CodeFilter::parse(typed).unwrap())).unwrap().join(" ")
}

#[test]
fn codes_are_found_as_typed() {
    assert_eq!(found("=LDA"), "LDA");
    assert_eq!(found("=LD*"), "");
    assert_eq!(found("=LDA "), "");
    assert_eq!(found("=lda"), "");
    assert_eq!(found("$LD*"), "LDA LDB LDC");
    assert_eq!(found("$LD"), "");
    assert_eq!(found("$*A"), "HZA JSA LDA YTA YWA");
    assert_eq!(found("$J?A"), "JSA");
    assert_eq!(found("$L%"), "");
    assert_eq!(found("$*"), "HZA JQX JSA JSY LDA LDB LDC YTA YWA");
    assert_eq!(catalogue().codes(None).unwrap().join(" "), found("$*"));
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let refused = |typed: &str| told(&CodeFilter::parse(typed).unwrap_err());
    for typed in ["LDA", "", " =LDA", "*", "≡LDA"] {
        assert_eq!(refused(typed), ["product.catalogue.filter_sign"], "{typed}");
    }
    assert_eq!(refused("="), ["product.catalogue.filter_empty /exact/code"]);
    assert_eq!(refused("$"), ["product.catalogue.filter_empty /pattern/pattern"]);
    assert_eq!(refused(&format!("${}", "*".repeat(257))), ["rulebook.pattern.too_long /pattern/pattern"]);
    // One that was built without asking fits nothing.
    let built = CodeFilter::Pattern { pattern: "*".repeat(257) };
    assert!(!built.admits("LDA"));
    assert_eq!(told(&catalogue().codes(Some(&built)).unwrap_err()), ["rulebook.pattern.too_long /pattern/pattern"]);
}

#[test]
fn filters_cross_as_data_and_show_as_typed() {
    let filter: CodeFilter = wire::from_json(br#"{"pattern":{"pattern":"JL*"}}"#).unwrap();
    assert_eq!(filter, CodeFilter::parse("$JL*").unwrap());
    assert_eq!((filter.to_string(), CodeFilter::parse("=A$").unwrap().to_string()), ("$JL*".into(), "=A$".into()));
}

/// Law 13: no pattern makes it slow, and no code.
#[test]
fn law_13_hostile_patterns_are_answered_in_time() {
    let started = Instant::now();
    let filter = CodeFilter::parse(&format!("${}b", "*a".repeat(127))).unwrap();
    for _ in 0..200 {
        assert!(!filter.admits(&"a".repeat(1_024)));
    }
    assert!(!CodeFilter::parse("$*").unwrap().admits(&"a".repeat(10_000_000)));
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

/// The mutant: a matcher that tries everything needs more steps than anybody can wait for, on a tenth of the length.
#[test]
fn law_13_catches_a_matcher_that_tries_everything() {
    fn tries(pattern: &[u8], code: &[u8], steps: &mut u64) -> bool {
        *steps += 1;
        if *steps > 10_000_000 {
            return false;
        }
        match (pattern.split_first(), code.split_first()) {
            (None, rest) => rest.is_none(),
            (Some((b'*', after)), rest) => {
                tries(after, code, steps) || rest.is_some_and(|(_, rest)| tries(pattern, rest, steps))
            }
            (Some((letter, after)), Some((first, rest))) => letter == first && tries(after, rest, steps),
            (Some(_), None) => false,
        }
    }
    let mut steps = 0;
    tries(format!("{}b", "*a".repeat(12)).as_bytes(), "a".repeat(100).as_bytes(), &mut steps);
    assert!(steps > 10_000_000);
}

/// The plain reading of a pattern, one character at a time.
fn naive(pattern: &[char], code: &[char]) -> bool {
    match (pattern.split_first(), code.split_first()) {
        (None, rest) => rest.is_none(),
        (Some(('*', after)), _) => {
            naive(after, code) || code.split_first().is_some_and(|(_, rest)| naive(pattern, rest))
        }
        (Some(_), None) => false,
        (Some((letter, after)), Some((first, rest))) => (*letter == '?' || letter == first) && naive(after, rest),
    }
}

fn agrees(admits: impl Fn(&str, &str) -> bool, pattern: &str, code: &str) -> bool {
    let letters = |text: &str| text.chars().collect::<Vec<_>>();
    admits(pattern, code) == naive(&letters(pattern), &letters(code))
}

proptest! {
    #[test]
    fn patterns_mean_what_they_say(pattern in "[ab*?险]{1,8}", code in "[ab险]{0,8}") {
        let admits = |pattern: &str, code: &str| CodeFilter::parse(&format!("${pattern}")).unwrap().admits(code);
        prop_assert!(agrees(admits, &pattern, &code));
        let exact = CodeFilter::parse(&format!("={pattern}")).unwrap();
        prop_assert_eq!(exact.admits(&code), pattern == code);
    }
}

/// The mutants: a program that adds the `*` itself, one that takes `*` for a letter, one that ignores case.
#[test]
fn the_mutants_of_patterns_are_caught() {
    let parsed = |typed: String| CodeFilter::parse(&typed).unwrap();
    let caught = |mutant: &dyn Fn(&str, &str) -> bool| {
        let codes = ["JL", "JLK", "AJL", "J*", "jl"];
        let patterns = ["JL", "JL*", "*JL", "J*"];
        patterns.iter().any(|pattern| codes.iter().any(|code| !agrees(mutant, pattern, code)))
    };
    assert!(caught(&|pattern, code| parsed(format!("${pattern}*")).admits(code)));
    assert!(caught(&|pattern, code| parsed(format!("={pattern}")).admits(code)));
    assert!(caught(&|pattern, code| parsed(format!("${pattern}")).admits(&code.to_uppercase())));
    assert!(!caught(&|pattern, code| parsed(format!("${pattern}")).admits(code)));
}
