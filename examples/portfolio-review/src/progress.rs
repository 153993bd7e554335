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

    fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
