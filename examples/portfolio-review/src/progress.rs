//! The bar that runs while a book is read.

use std::io::{self, IsTerminal as _};

use crm_core::refusal::Lang;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::review::Progress;

/// A bar on standard error; nothing at all where that is not a terminal.
pub struct Bar {
    bar: Option<ProgressBar>,
    lang: Lang,
}

impl Bar {
    /// Not started yet.
    #[must_use]
    pub const fn new(lang: Lang) -> Self {
        Self { bar: None, lang }
    }
}

impl Progress for Bar {
    fn start(&mut self, bytes: u64) {
        if !io::stderr().is_terminal() {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("  {bar:30} {percent:>3} %  {msg}") {
            bar.set_style(style);
        }
        self.bar = Some(bar);
    }

    fn tell(&mut self, bytes: u64, rows: i64, rejected: i64) {
        if let Some(bar) = &self.bar {
            bar.set_position(bytes);
            bar.set_message(match self.lang {
                Lang::En => format!("{rows} rows used, {rejected} rejected"),
                Lang::Zh => format!("计入 {rows} 行，拒绝 {rejected} 行"),
            });
        }
    }

    fn step(&mut self, done: u64, all: u64) {
        if !io::stderr().is_terminal() {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("  {bar:30} {percent:>3} %  {msg}") {
                bar.set_style(style);
            }
            bar
        });
        if bar.length() != Some(all) {
            bar.set_length(all);
        }
        bar.set_position(done);
    }

    fn stage(&mut self, words: (&'static str, &'static str)) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        self.step(0, 1);
        if let Some(bar) = &self.bar {
            let (zh, en) = words;
            bar.set_message(if self.lang == Lang::Zh { zh } else { en });
        }
    }

    fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
