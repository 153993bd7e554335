//! A model of the ledger that shares no code with it: a list of lines, summed from the beginning for every question.

use crm_core::{calendar::Date, ledger::Entry, money::Currency};

#[derive(Debug, Clone)]
pub struct NaiveLine {
    pub on: Date,
    pub account: String,
    pub currency: Currency,
    pub debit: i128,
    pub credit: i128,
}

/// How the model adds up; a mutant adds up otherwise.
pub type Counts = fn(&NaiveLine, Date) -> bool;

#[derive(Debug, Clone, Default)]
pub struct NaiveBook(pub Vec<NaiveLine>);

impl NaiveBook {
    /// Writes the lines of an entry, read from its wire form so that nothing of the core's arithmetic is used.
    pub fn write(&mut self, entry: &Entry) {
        let json: serde_json::Value = serde_json::from_str(&crm_core::wire::to_json(entry).unwrap()).unwrap();
        for line in json["lines"].as_array().unwrap() {
            let text = line["amount"]["amount"].as_str().unwrap();
            let minor: i128 = text.replace('.', "").parse().unwrap();
            let signed = if line["red"].as_bool().unwrap() { -minor } else { minor };
            let debit = line["side"] == "debit";
            self.0.push(NaiveLine {
                on: entry.booked_on(),
                account: line["account"].as_str().unwrap().to_owned(),
                currency: Currency::parse(line["amount"]["currency"].as_str().unwrap()).unwrap(),
                debit: if debit { signed } else { 0 },
                credit: if debit { 0 } else { signed },
            });
        }
    }

    /// Debits and credits of an account in a currency, of the lines that count on this day.
    pub fn turnover(&self, account: &str, currency: Currency, on: Date, counts: Counts) -> (i128, i128) {
        let lines = self.0.iter().filter(|line| line.account == account && line.currency == currency);
        lines
            .filter(|line| counts(line, on))
            .fold((0, 0), |(debit, credit), line| (debit + line.debit, credit + line.credit))
    }
}

/// Booked up to and on the day.
pub fn up_to(line: &NaiveLine, on: Date) -> bool {
    line.on <= on
}
