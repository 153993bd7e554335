//! `book-generator`: writes a seeded Chinese book.

mod args;

use std::{io, path::Path, process::ExitCode};

use book_generator::{Plan, Totals, generate};
use indicatif::{ProgressBar, ProgressStyle};

fn main() -> ExitCode {
    match args::read(std::env::args().skip(1)) {
        Ok(args::Command::Help) => {
            print!("{}", args::HELP);
            ExitCode::SUCCESS
        }
        Ok(args::Command::Generate { plan, out }) => match write(&plan, &out) {
            Ok(totals) => {
                let rows: i64 = totals.rows.values().map(|rows| rows.used + rows.rejected + rows.contradictions).sum();
                let customers = totals.persons + totals.organisations;
                println!("{}: {customers} 客户 customers, {rows} 行 rows", out.display());
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("{}: 无法写出账册 the book can't be written: {error}", out.display());
                ExitCode::from(1)
            }
        },
        Err(wrong) => {
            eprintln!("{wrong}\n\n{}", args::HELP);
            ExitCode::from(2)
        }
    }
}

/// Shows how far it is on a terminal; elsewhere nothing is shown.
fn write(plan: &Plan, out: &Path) -> io::Result<Totals> {
    let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} {eta}");
    let bar = ProgressBar::new(plan.customers).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let totals = generate(plan, out, |done| {
        if done % 64 == 0 {
            bar.set_position(done);
        }
    });
    bar.finish_and_clear();
    totals
}
