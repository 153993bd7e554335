//! Granting, changing, revoking and copying rights: what is decided, and what has happened.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{Grant, GrantEnd, GrantHolder, GrantId, Right, RightsBook, TemplateCode, book::backdated};
use crate::{
    calendar::Date,
    party::StaffId,
    refusal::{Code, Fault, Refusal},
};

/// What an administrator asks for (授权操作). Whether he is one, the host asks before: an [`Right::Act`] of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RightsCommand {
    /// Give a right (授权).
    Grant {
        /// The grant.
        grant: Grant,
    },
    /// Put another right in the place of one from a day on (变更): the old grant ends, a new one begins.
    Change {
        /// The grant that ends.
        id: GrantId,
        /// The number of the new one, which runs as long as the old one would have.
        new_id: GrantId,
        /// The new right.
        right: Right,
        /// The first day of the new right.
        from: Date,
        /// Who decided so.
        source: String,
        /// Who enters it.
        by: StaffId,
        /// The day on which it is entered.
        on: Date,
    },
    /// End a right (收回).
    Revoke {
        /// The grant.
        id: GrantId,
        /// The first day without it.
        from: Date,
        /// Who decided so.
        source: String,
        /// Who enters it.
        by: StaffId,
        /// The day on which it is entered.
        on: Date,
    },
    /// Give a holder all that a template user has on a day (复制模板用户权限). What he holds already is left as it is.
    Copy {
        /// The template user.
        template: TemplateCode,
        /// Who gets the rights.
        to: GrantHolder,
        /// The numbers of the new grants are this, a hyphen and 1, 2, 3….
        id_prefix: GrantId,
        /// The first day; the rights of the template on that day are copied.
        from: Date,
        /// The first day on which he no longer has them.
        until: Option<Date>,
        /// Who decided so.
        source: String,
        /// Who enters it.
        by: StaffId,
        /// The day on which it is entered.
        on: Date,
    },
}

/// What has happened to rights (权限事件); the host stores it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RightsEvent {
    /// A right was given.
    Granted {
        /// The grant.
        grant: Grant,
    },
    /// A right was ended before its time.
    Ended {
        /// The grant.
        id: GrantId,
        /// The first day without it.
        until: Date,
        /// By whom and why.
        ended: GrantEnd,
    },
}

impl RightsBook {
    /// What a command leads to. Nothing is changed: the host stores the events and applies them. A command that was
    /// carried out already, to the letter, leads to nothing more.
    ///
    /// # Errors
    /// As [`RightsBook::load`], for a new grant; `access.grant.unknown`, `access.grant.over` for a grant that has ended
    /// by that day, `access.grant.backdated`, `access.template.empty` when there is nothing to copy,
    /// `rulebook.source.missing`.
    ///
    /// ```
    /// use crm_core::{access::{RightsBook, RightsCommand}, calendar::Date, wire};
    ///
    /// let mut book = RightsBook::new(Date::parse("2026-12-31")?);
    /// let command: RightsCommand = wire::from_json(r#"{"grant":{"grant":{"id":"1","holder":{"person":{"person":"op-17"}},
    ///     "right":{"see_rows":{"level":"branch"}},"from":"2026-03-01","source":"order 9","granted_by":"admin-1",
    ///     "granted_on":"2026-02-20"}}}"#.as_bytes())?;
    /// for event in book.decide(&command)? {
    ///     book.apply(&event);
    /// }
    /// assert_eq!(book.grants().len(), 1);
    /// assert_eq!(book.decide(&command)?, []); // once is enough
    ///
    /// let own = wire::to_json(&command)?.replace("admin-1", "OP-17").replace("\"1\"", "\"2\"");
    /// let refusal = book.decide(&wire::from_json(own.as_bytes())?).unwrap_err();
    /// assert_eq!(refusal.code().as_str(), "access.grant.self");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn decide(&self, command: &RightsCommand) -> Result<Vec<RightsEvent>, Refusal> {
        match command {
            RightsCommand::Grant { grant } => self.granted(grant).map_err(|refusal| refusal.at("grant").at("grant")),
            RightsCommand::Revoke { id, from, source, by, on } => {
                let ended = GrantEnd { by: by.clone(), on: *on, source: source.clone() };
                self.ended(id, *from, ended).map_err(|refusal| refusal.at("revoke"))
            }
            RightsCommand::Change { id, new_id, right, from, source, by, on } => {
                let ended = GrantEnd { by: by.clone(), on: *on, source: source.clone() };
                self.changed(id, new_id, right, *from, ended).map_err(|refusal| refusal.at("change"))
            }
            RightsCommand::Copy { template, to, id_prefix, from, until, source, by, on } => {
                let copy = Copy { template, to, id_prefix, from: *from, until: *until, source, by, on: *on };
                self.copied(&copy).map_err(|refusal| refusal.at("copy"))
            }
        }
    }

    /// Takes over what has happened. It checks nothing: what was decided has happened. An event a second time changes
    /// nothing.
    pub fn apply(&mut self, event: &RightsEvent) {
        match event {
            RightsEvent::Granted { grant } => {
                if self.grant(&grant.id).is_none() {
                    self.add(grant.clone());
                }
            }
            RightsEvent::Ended { id, until, ended } => {
                if let Some(grant) = self.grant_mut(id) {
                    grant.until = Some(*until);
                    grant.ended = Some(ended.clone());
                }
            }
        }
    }

    fn granted(&self, grant: &Grant) -> Result<Vec<RightsEvent>, Refusal> {
        if self.grant(&grant.id).is_some_and(|held| same_grant(held, grant)) {
            return Ok(Vec::new());
        }
        let mut faults = self.faults_of(grant);
        if grant.ended.is_some() {
            faults.push(Fault::new(Code::AccessGrantOver).at("ended"));
        }
        Refusal::unless_empty(faults)?;
        Ok(alloc::vec![RightsEvent::Granted { grant: grant.clone() }])
    }

    fn ended(&self, id: &GrantId, from: Date, ended: GrantEnd) -> Result<Vec<RightsEvent>, Refusal> {
        let grant = self.grant(id).ok_or_else(|| Refusal::from(Fault::new(Code::AccessGrantUnknown).at("id")))?;
        // A right that was never to begin is over before it began.
        let until = from.max(grant.from);
        if grant.ended.as_ref() == Some(&ended) && grant.until == Some(until) {
            return Ok(Vec::new());
        }
        let mut faults = Vec::new();
        if grant.until.is_some_and(|held| held <= until) {
            faults.push(Fault::new(Code::AccessGrantOver).at("id"));
        }
        if from < ended.on {
            faults.push(backdated(ended.on).at("from"));
        }
        if ended.source.trim().is_empty() {
            faults.push(Fault::new(Code::RulebookSourceMissing).at("source"));
        }
        Refusal::unless_empty(faults)?;
        Ok(alloc::vec![RightsEvent::Ended { id: id.clone(), until, ended }])
    }

    fn changed(
        &self,
        id: &GrantId,
        new_id: &GrantId,
        right: &Right,
        from: Date,
        ended: GrantEnd,
    ) -> Result<Vec<RightsEvent>, Refusal> {
        let Some(old) = self.grant(id) else {
            return Err(Fault::new(Code::AccessGrantUnknown).at("id").into());
        };
        let new = Grant {
            id: new_id.clone(),
            holder: old.holder.clone(),
            right: right.clone(),
            from: from.max(old.from),
            until: old.until,
            source: ended.source.clone(),
            granted_by: ended.by.clone(),
            granted_on: ended.on,
            ended: None,
        };
        // Carried out already: the old grant has ended so, and the new one took over the end that the old one had.
        let done = |held: &Grant| same_grant(held, &Grant { until: held.until, ..new.clone() });
        if old.ended.as_ref() == Some(&ended) && self.grant(new_id).is_some_and(done) {
            return Ok(Vec::new());
        }
        let mut events = self.ended(id, from, ended)?;
        // The new right is judged as the book will be when the old one has ended.
        let mut then = self.clone();
        events.iter().for_each(|event| then.apply(event));
        let faults = then.faults_of(&new).into_iter().map(of_change).collect();
        Refusal::unless_empty(faults)?;
        events.push(RightsEvent::Granted { grant: new });
        Ok(events)
    }

    fn copied(&self, copy: &Copy<'_>) -> Result<Vec<RightsEvent>, Refusal> {
        let template = GrantHolder::Template { template: copy.template.clone() };
        let mut then = self.clone();
        let (mut events, mut faults, mut number) = (Vec::new(), Vec::new(), 0_usize);
        for model in self.held(&template, copy.from) {
            number += 1;
            let grant = Grant {
                id: GrantId::new(&alloc::format!("{}-{number}", copy.id_prefix.as_str()))
                    .map_err(|refusal| refusal.at("id_prefix"))?,
                holder: copy.to.clone(),
                right: model.right.clone(),
                from: copy.from,
                until: copy.until,
                source: copy.source.clone(),
                granted_by: copy.by.clone(),
                granted_on: copy.on,
                ended: None,
            };
            let done = self.grant(&grant.id).is_some_and(|held| same_grant(held, &grant));
            if done || self.held(copy.to, copy.from).any(|held| held.right == grant.right) {
                continue;
            }
            for fault in then.faults_of(&grant).into_iter().map(of_copy) {
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
            }
            let event = RightsEvent::Granted { grant };
            then.apply(&event);
            events.push(event);
        }
        if number == 0 {
            faults.push(Fault::new(Code::AccessTemplateEmpty).at("template"));
        }
        Refusal::unless_empty(faults)?;
        Ok(events)
    }
}

struct Copy<'a> {
    template: &'a TemplateCode,
    to: &'a GrantHolder,
    id_prefix: &'a GrantId,
    from: Date,
    until: Option<Date>,
    source: &'a String,
    by: &'a StaffId,
    on: Date,
}

/// Whether a grant is the one that was entered, ended since or not.
fn same_grant(held: &Grant, entered: &Grant) -> bool {
    let entered_end = if held.ended.is_some() { held.until } else { entered.until };
    let then = Grant { until: entered_end, ended: held.ended.clone(), ..entered.clone() };
    entered.ended.is_none() && *held == then || held == entered
}

/// A fault of the new grant at the field of the command that it comes from.
fn of_change(fault: Fault) -> Fault {
    renamed(fault, &[("/id", "new_id"), ("/granted_by", "by"), ("/until", "from")])
}

fn of_copy(fault: Fault) -> Fault {
    renamed(fault, &[("/id", "id_prefix"), ("/granted_by", "by"), ("/holder", "to"), ("/right", "template")])
}

fn renamed(fault: Fault, names: &[(&str, &str)]) -> Fault {
    let moved = names.iter().find(|(from, _)| fault.path().as_str().starts_with(from)).map(|(_, to)| *to);
    match moved {
        None => fault,
        Some(to) => {
            let params = fault.params().to_vec();
            params.into_iter().fold(Fault::new(fault.code()), |fault, (name, value)| fault.with(name, value)).at(to)
        }
    }
}
