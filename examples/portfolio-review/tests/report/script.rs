//! How the script compares numbers, run by Node where there is one.

use std::process::Command;

use crm_core::money::Decimal;

/// The function of the page that turns a number into what is compared.
fn exact() -> &'static str {
    let script = include_str!("../../src/report/html/page.js");
    let from = script.find("const exact = ").expect("the function");
    let until = script[from..].find("\n  };").expect("its end");
    &script[from..from + until + "\n  };".len()]
}

/// The numbers in the order in which the script puts them; none without Node.
fn sorted(function: &str, numbers: &[&str]) -> Option<Vec<String>> {
    let program = format!(
        "{function}\nconst numbers = {};\nnumbers.sort((a, b) => (exact(a) < exact(b) ? -1 : exact(a) > exact(b) ? 1 : 0));\n\
         console.log(numbers.join(' '));",
        serde_json::to_string(numbers).unwrap()
    );
    let ran = match Command::new("node").arg("-e").arg(program).output() {
        Ok(ran) => ran,
        Err(_) => {
            println!("skipped: there is no node");
            return None;
        }
    };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    Some(String::from_utf8(ran.stdout).unwrap().split_whitespace().map(str::to_owned).collect())
}

const NUMBERS: [&str; 12] = [
    "92233720368547758.07",
    "92233720368547758.06",
    "-92233720368547758.07",
    "-92233720368547758.06",
    "9007199254740993",
    "9007199254740992",
    "0.0000000000000000000000000001",
    "-0.0000000000000000000000000001",
    "0.00",
    "9.5",
    "10",
    "20251231",
];

fn right() -> Vec<String> {
    let mut numbers = NUMBERS;
    numbers.sort_by_key(|number| Decimal::parse(number).unwrap());
    numbers.map(str::to_owned).to_vec()
}

#[test]
fn numbers_sort_by_their_exact_values() {
    if let Some(found) = sorted(exact(), &NUMBERS) {
        assert_eq!(found, right());
    }
}

#[test]
fn a_sort_by_floats_would_be_found_out() {
    if let Some(found) = sorted("const exact = (text) => parseFloat(text);", &NUMBERS) {
        assert_ne!(found, right());
    }
}
