//! The journal of a book, from the rows in the database and back into it.

use crm_core::{
    calendar::Date,
    ledger::{Entry, JournalName, SealedRecord, Side},
    refusal::Refusal,
};

use crate::{
    analysis::{
        Analysis,
        ledger::{Bookkeeping, Happened, Happening, Proved},
    },
    finding::Finding,
    mapping::CustomerMap,
    stop::{Outcome, Stop, first, stop},
    store::Store,
};

/// Everything that the ledger books, with its day, as whole numbers: begin, endorsements, receipts, claims, costs.
const HAPPENED: &str = "
    SELECT 'begin', id, max(start, signed_on), id, premium FROM policies
    UNION ALL SELECT 'endorsement', id, booked, policy, premium_change FROM endorsements
    UNION ALL SELECT 'receipt', id, received_on, policy, amount FROM receipts
    UNION ALL SELECT 'claim', id, coalesce(closed, opened, reported), policy, paid FROM claims
    UNION ALL SELECT 'cost', id, \"on\", customer, amount FROM costs WHERE kind <> 'commission'
    UNION ALL SELECT 'commission', id, \"on\", coalesce((SELECT agent FROM policies p WHERE p.customer = c.customer
        AND p.agent IS NOT NULL ORDER BY signed_on DESC LIMIT 1), c.customer), amount
        FROM costs c WHERE kind = 'commission'";

/// Either kind of reason to stop.
struct Stops(Vec<Stop>);

impl From<Refusal> for Stops {
    fn from(refusal: Refusal) -> Self {
        Self(refused(refusal))
    }
}

fn refused(refusal: Refusal) -> Vec<Stop> {
    stop(None, first(refusal))
}

/// Books everything, keeps the records, reads them back and proves them.
///
/// # Errors
/// What the core refuses, or the database.
pub fn keep(
    store: &Store,
    map: &CustomerMap,
    analysis: &Analysis<'_>,
    mut told: impl FnMut(u64, u64),
) -> Outcome<Proved> {
    let name = JournalName::new(map.company.as_str()).map_err(refused)?;
    let mut books = Bookkeeping::new(map.written.currency, map.vat).map_err(refused)?;
    for (kind, words) in books.kinds() {
        store.insert("event_kind", &[&kind, &words.en, &words.zh])?;
    }
    let mut happened = Vec::new();
    for row in store.texts("SELECT id, customer, max(start, signed_on) FROM policies")? {
        let [id, customer, begins] = row.as_slice() else { continue };
        books.policy(id.clone(), customer.clone(), Date::parse(begins).map_err(refused)?);
    }
    for row in store.texts(HAPPENED)? {
        happened.extend(happened_of(&row).map_err(refused)?);
    }
    for (on, minor) in &analysis.unearned {
        let id = on.to_string();
        happened.push(Happened { on: *on, what: Happening::Unearned, id, of: String::new(), minor: *minor });
    }
    let all = u64::try_from(happened.len()).unwrap_or_default();
    let mut done = 0_u64;
    let head = books.post(&name, happened, |records| {
        for (record, entry) in records {
            keep_record(store, record, entry).map_err(Stops)?;
        }
        done += u64::try_from(records.len()).unwrap_or_default();
        told(done.min(all), all);
        Ok::<_, Stops>(())
    });
    let head = head.map_err(|Stops(stops)| stops)?;
    // What counts is what is stored: the journal is made again of it, and every link is checked.
    let mut records = Vec::new();
    for row in store.texts("SELECT sequence, text, hash FROM journal_record ORDER BY sequence")? {
        let [sequence, text, hash] = row.as_slice() else { continue };
        let sequence = sequence.parse().map_err(|_| internal())?;
        records.push(SealedRecord { sequence, text: text.clone(), hash: hash.parse().map_err(refused)? });
    }
    let days = [analysis.before.as_of(), analysis.now.as_of()];
    let proved = books.prove(name, &records, &head, days).map_err(refused)?;
    for balance in proved.balances.iter().flatten() {
        for account in &balance.accounts {
            let words = proved.account(&account.account);
            store.insert(
                "trial_balance",
                &[
                    &balance.as_of.to_string(),
                    &balance.currency.to_string(),
                    &account.account.as_str(),
                    &words.en,
                    &words.zh,
                    &account.debit.minor(),
                    &account.credit.minor(),
                    &account.balance.minor(),
                ],
            )?;
        }
    }
    Ok(proved)
}

fn internal() -> Vec<Stop> {
    stop(None, Finding::from(crm_core::refusal::Fault::new(crm_core::refusal::Code::Internal)))
}

fn happened_of(row: &[String]) -> Result<Option<Happened>, Refusal> {
    let [what, id, on, of, minor] = row else { return Ok(None) };
    let what = match what.as_str() {
        "begin" => Happening::Begin,
        "endorsement" => Happening::Endorsement,
        "receipt" => Happening::Receipt,
        "claim" => Happening::Claim,
        "commission" => Happening::Commission,
        _ => Happening::Cost,
    };
    let Ok(minor) = minor.parse() else { return Ok(None) };
    Ok(Some(Happened { on: Date::parse(on)?, what, id: id.clone(), of: of.clone(), minor }))
}

fn keep_record(store: &Store, record: &SealedRecord, entry: &Entry) -> Outcome<()> {
    store.insert("journal_record", &[&record.sequence, &record.text, &record.hash.to_string()])?;
    let reference = entry.reference().map(|reference| reference.as_str().to_owned());
    let on = entry.booked_on().to_string();
    store.insert("entry", &[&record.sequence, &entry.event().as_str(), &on, &entry.narrative(), &reference])?;
    for line in entry.lines() {
        let minor = if line.red { -line.amount.minor() } else { line.amount.minor() };
        let (debit, credit) = if line.side == Side::Debit { (minor, 0) } else { (0, minor) };
        let code = |name: &str| line.dimensions.get(name).map(|code| code.as_str().to_owned());
        let values: [&dyn rusqlite::ToSql; 6] =
            [&record.sequence, &line.account.as_str(), &debit, &credit, &code("customer"), &code("agent")];
        store.insert("entry_line", &values)?;
    }
    Ok(())
}
