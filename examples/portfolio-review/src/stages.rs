//! How long each stage of a review took.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use crm_core::refusal::Lang;

/// Stages with their times. What it says belongs on a screen, not in a result: the same book gives the same files.
#[derive(Debug)]
pub struct Stages {
    started: Instant,
    last: Instant,
    done: Vec<Stage>,
}

/// A stage that is over.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Its name, for machines.
    pub name: &'static str,
    /// In Chinese and English.
    pub words: (&'static str, &'static str),
    /// How long it took.
    pub took: Duration,
}

impl Default for Stages {
    fn default() -> Self {
        Self::new()
    }
}

impl Stages {
    /// Begins now.
    #[must_use]
    pub fn new() -> Self {
        let now = Instant::now();
        Self { started: now, last: now, done: Vec::new() }
    }

    /// Ends a stage; the next one begins.
    pub fn done(&mut self, name: &'static str, words: (&'static str, &'static str)) {
        let now = Instant::now();
        self.done.push(Stage { name, words, took: now - self.last });
        self.last = now;
    }

    /// The stages that are over.
    #[must_use]
    pub fn all(&self) -> &[Stage] {
        &self.done
    }

    /// One line for each stage and one for all, in tenths of seconds.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> String {
        let mut out = String::new();
        let mut line = |words: (&str, &str), took: Duration| {
            let tenths = (took.as_millis() + 50) / 100;
            let (zh, en) = words;
            let text = if lang == Lang::Zh { zh } else { en };
            let unit = if lang == Lang::Zh { "秒" } else { "s" };
            // Writing to a text can't fail.
            let _ = writeln!(out, "  {:>5}.{} {unit}  {text}", tenths / 10, tenths % 10);
        };
        for stage in &self.done {
            line(stage.words, stage.took);
        }
        line(("合计", "altogether"), self.last - self.started);
        out
    }
}
