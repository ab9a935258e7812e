//! The audit log: reading it, and checking its chain. Entries are made by [`Service::entry`] and stored with the change they tell of.

use crate::{Caller, Result, Service, ops::ROOT, policy::Action, text};
use std::collections::HashMap;
use store::{AuditRecord, link};
use types::{
    identity::{AuditCheck, AuditLine, AuditPage},
    ids::{AccountId, AreaId},
};

const PAGE: i64 = 50;
const CHUNK: i64 = 1000;

impl Service {
    /// What was done in an area and below, newest first; `before` is the last entry's number of the page before. Who runs
    /// the whole installation sees, with any area, also what belongs to none: accounts, operators, clerks' keys.
    ///
    /// # Errors
    /// What the policy says.
    pub async fn audit_log(&self, caller: &Caller, area: AreaId, before: Option<i64>) -> Result<AuditPage> {
        let (_, area) = self.allowed_in(caller, Action::ReadAudit, area).await?;
        let unplaced = self.may(caller, Action::ReadAudit, ROOT).await?;
        let mut records = self.store().audit_page(&area.path, unplaced, before.unwrap_or(i64::MAX), PAGE + 1).await?;
        let more = records.len() as i64 > PAGE;
        records.truncate(PAGE as usize);
        let next = records.last().filter(|_| more).map(|record| record.seq);
        let mut names = HashMap::new();
        let mut lines = Vec::with_capacity(records.len());
        for record in records {
            lines.push(self.audit_line(record, &mut names).await?);
        }
        Ok(AuditPage { lines, next })
    }

    /// Walks the whole chain: every hash, every number, and the head.
    ///
    /// # Errors
    /// What the policy says: somebody who may read the log anywhere.
    pub async fn audit_verify(&self, caller: &Caller) -> Result<AuditCheck> {
        self.allowed_somewhere(caller, Action::ReadAudit).await?;
        self.check_audit().await
    }

    /// The same without asking who wants to know.
    pub(crate) async fn check_audit(&self) -> Result<AuditCheck> {
        // The head is read first: entries may be added while we walk, never taken away.
        let head = self.store().audit_head().await?;
        let (mut seq, mut hash) = (0, vec![0; 32]);
        while seq < head.seq {
            let records = self.store().audit_chain(seq, CHUNK).await?;
            if records.is_empty() {
                return Ok(AuditCheck { entries: seq, broken_at: Some(seq + 1) });
            }
            for record in records.into_iter().take_while(|record| record.seq <= head.seq) {
                let good = record.seq == seq + 1
                    && record.prev_hash == hash
                    && record.hash == link(&hash, record.seq, &record.entry);
                if !good {
                    return Ok(AuditCheck { entries: seq, broken_at: Some(seq + 1) });
                }
                (seq, hash) = (record.seq, record.hash);
            }
        }
        let broken_at = (hash != head.hash).then_some(seq);
        Ok(AuditCheck { entries: seq, broken_at })
    }

    async fn audit_line(&self, record: AuditRecord, names: &mut HashMap<AccountId, String>) -> Result<AuditLine> {
        let who = match record.entry.actor {
            None => String::new(),
            Some(actor) => match names.get(&actor) {
                Some(name) => name.clone(),
                None => {
                    let login = self
                        .store()
                        .account(actor)
                        .await?
                        .map(|account| text::masked(&account.login))
                        .unwrap_or_default();
                    names.insert(actor, login.clone());
                    login
                }
            },
        };
        Ok(AuditLine {
            seq: record.seq,
            at: record.entry.at,
            who,
            action: record.entry.action,
            object: record.entry.object,
            area: record.entry.area.filter(|area| *area != ROOT),
            detail: record.entry.detail,
            hash: data_encoding::HEXLOWER.encode(&record.hash),
        })
    }
}
