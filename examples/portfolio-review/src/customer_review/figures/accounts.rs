//! Figures of the journal: its entries, accounts on the two days, and the trial balance of the year between.

use crm_core::ledger::{AccountCode, PeriodBalance};

use super::{Figures, Made, quoted};
use crate::{report::page::Words, store::Unit};

impl Figures {
    pub(super) fn accounts(&mut self, made: &Made<'_>) {
        for (suffix, balances) in [".opening", ""].into_iter().zip(&made.books.balances) {
            for balance in balances {
                let day = balance.as_of;
                for account in &balance.accounts {
                    let code = account.account.as_str();
                    let words = named(made, &account.account);
                    for (side, zh, en, value, adds) in [
                        ("debit", "借方发生额", "debits", account.debit, "l.debit"),
                        ("credit", "贷方发生额", "credits", account.credit, "l.credit"),
                        (
                            "balance",
                            "余额（借 − 贷）",
                            "balance (debit − credit)",
                            account.balance,
                            "l.debit - l.credit",
                        ),
                    ] {
                        let title =
                            Words::new(format!("{}：{zh}（{day}）", words.zh), format!("{}: {en} on {day}", words.en));
                        let definition =
                            Words::new("截至该日的全部分录行之和", "The sum of the entry lines up to and on the day");
                        let query = format!(
                            "SELECT 'entry' AS of, CAST(e.sequence AS TEXT) AS id, {adds} AS adds FROM entry_line l \
                             JOIN entry e ON e.sequence = l.entry WHERE l.account = '{}' AND e.booked_on <= '{day}' AND {adds} <> 0",
                            quoted(code)
                        );
                        self.add(
                            &format!("account.{code}.{side}{suffix}"),
                            Unit::Amount,
                            value.minor(),
                            title,
                            definition,
                            query,
                        );
                    }
                }
            }
        }
        for year in &made.books.year {
            self.year(made, year);
        }
        let entries = i64::try_from(made.books.entries).unwrap_or(i64::MAX);
        let query = "SELECT 'entry' AS of, CAST(sequence AS TEXT) AS id, 1 AS adds FROM entry".to_owned();
        let definition = Words::new("每张凭证计 1", "Each entry adds 1");
        self.add("journal.entries", Unit::Count, entries, Words::new("凭证", "Entries"), definition, query);
    }

    /// What the trial balance of the last year shows: credit balances without their sign, and what moved.
    fn year(&mut self, made: &Made<'_>, year: &PeriodBalance) {
        let (from, until) = (made.analysis.before.as_of(), made.analysis.now.as_of());
        let inside = format!("e.booked_on > '{from}' AND e.booked_on <= '{until}'");
        let lines = |adds: &str, condition: &str| {
            format!(
                "SELECT 'entry' AS of, CAST(e.sequence AS TEXT) AS id, {adds} AS adds FROM entry_line l \
                 JOIN entry e ON e.sequence = l.entry WHERE {condition} AND {adds} <> 0"
            )
        };
        let moved = || Words::new("该期间的分录行之和", "The sum of the entry lines of the period");
        for account in &year.accounts {
            let code = account.account.as_str();
            let (words, own) = (named(made, &account.account), format!("l.account = '{}'", quoted(code)));
            for (side, zh, en, value) in [
                ("debit", "本期借方发生额", "debits of the period", account.debit),
                ("credit", "本期贷方发生额", "credits of the period", account.credit),
            ] {
                let title = Words::new(format!("{}：{zh}", words.zh), format!("{}: {en}", words.en));
                let query = lines(&format!("l.{side}"), &format!("{own} AND {inside}"));
                self.add(&format!("account.{code}.{side}.period"), Unit::Amount, value.minor(), title, moved(), query);
            }
            for (suffix, day, balance) in [(".opening", from, account.opening), ("", until, account.closing)] {
                if balance.minor() >= 0 {
                    continue;
                }
                let title = Words::new(
                    format!("{}：贷方余额（{day}）", words.zh),
                    format!("{}: credit balance on {day}", words.en),
                );
                let definition = Words::new(
                    "截至该日的全部分录行，贷方减借方",
                    "The entry lines up to and on the day, credits less debits",
                );
                let query = lines("(l.credit - l.debit)", &format!("{own} AND e.booked_on <= '{day}'"));
                let name = format!("account.{code}.credit_balance{suffix}");
                self.add(&name, Unit::Amount, -balance.minor(), title, definition, query);
            }
        }
        for (side, zh, en, value) in [
            ("debit", "本期借方发生额合计", "All debits of the period", year.debit),
            ("credit", "本期贷方发生额合计", "All credits of the period", year.credit),
        ] {
            let query = lines(&format!("l.{side}"), &inside);
            let name = format!("trial_balance.{side}.period");
            self.add(&name, Unit::Amount, value.minor(), Words::new(zh, en), moved(), query);
        }
        for (name, zh, en, day, value, condition, adds) in [
            ("debit_balance.opening", "期初借方余额", "debit balances", from, year.opening_debit, "> 0", "balance"),
            ("credit_balance.opening", "期初贷方余额", "credit balances", from, year.opening_credit, "< 0", "-balance"),
            ("debit_balance", "期末借方余额", "debit balances", until, year.closing_debit, "> 0", "balance"),
            ("credit_balance", "期末贷方余额", "credit balances", until, year.closing_credit, "< 0", "-balance"),
        ] {
            let title = Words::new(format!("{zh}合计（{day}）"), format!("All {en} on {day}"));
            let definition = Words::new("各科目余额之和", "The sum over the accounts");
            let query = format!(
                "SELECT 'trial_balance' AS of, CAST(rowid AS TEXT) AS id, {adds} AS adds FROM trial_balance \
                 WHERE as_of = '{day}' AND balance {condition}"
            );
            self.add(&format!("trial_balance.{name}"), Unit::Amount, value.minor(), title, definition, query);
        }
    }
}

/// An account with its code.
fn named(made: &Made<'_>, account: &AccountCode) -> Words {
    let (words, code) = (made.books.account(account), account.as_str());
    Words::new(format!("{code} {}", words.zh), format!("{code} {}", words.en))
}
