//! Why a review stops: nothing is written then.

use std::io;

use crm_core::refusal::{self, Refusal};

use crate::finding::{Code, Finding};

/// A file of the book that can't be read, with what is wrong: the review stops and nothing is written.
#[derive(Debug)]
pub struct Stop {
    /// The file's name, where it is about one.
    pub file: Option<String>,
    /// What is wrong.
    pub finding: Finding,
}

pub(crate) type Outcome<T> = Result<T, Vec<Stop>>;

pub(crate) fn stop(file: Option<&str>, finding: Finding) -> Vec<Stop> {
    vec![Stop { file: file.map(str::to_owned), finding }]
}

pub(crate) fn not_written(error: io::Error) -> Vec<Stop> {
    stop(None, with_reason(Finding::new(Code::BookOutput), &error))
}

pub(crate) fn not_read(file: &str) -> impl Fn(io::Error) -> Vec<Stop> + '_ {
    move |error| stop(Some(file), with_reason(Finding::new(Code::BookUnreadable), &error))
}

/// The reason in words; the system's own words where there are no better ones.
#[must_use]
pub fn with_reason(finding: Finding, error: &io::Error) -> Finding {
    let (en, zh) = match error.kind() {
        io::ErrorKind::NotFound => ("not found", "找不到"),
        io::ErrorKind::PermissionDenied => ("no permission", "没有权限"),
        io::ErrorKind::IsADirectory => ("it is a directory", "这是一个目录"),
        io::ErrorKind::NotADirectory => ("it is not a directory", "不是目录"),
        io::ErrorKind::StorageFull => ("the disk is full", "磁盘已满"),
        io::ErrorKind::FileTooLarge => ("it is too large", "文件过大"),
        io::ErrorKind::InvalidData => ("it is not text in UTF-8", "不是 UTF-8 文本"),
        _ => return finding.with("reason", error),
    };
    finding.with_words("reason", en, zh)
}

pub(crate) fn first(refusal: Refusal) -> Finding {
    match refusal.into_faults().into_iter().next() {
        Some(fault) => fault.into(),
        None => Finding::from(refusal::Fault::new(refusal::Code::Internal)),
    }
}
