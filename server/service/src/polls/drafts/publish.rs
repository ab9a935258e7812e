//! A draft becomes a manifest.

use crate::{
    Caller, Result, Service,
    ops::ROOT,
    policy::Action,
    polls::{
        convert::{ballot_id, hex, refused},
        course::entry,
        work::PollWork,
    },
};
use ballot::{Entry, Manifest, board::Course, entry::ManifestBytes};
use store::polls::{Effect, Publication, Step};
use types::{
    ErrorCode, Problem,
    ids::{AreaId, PollId},
    polls::{KeyDraft, PollState, TimelineKind},
};

use super::manifest::Named;

impl Service {
    /// Fixes the draft for good: the manifest is the board's first entry. With a system key the server makes the key at
    /// once; otherwise the trustees are told that it is their turn.
    ///
    /// # Errors
    /// `Invalid` with the fields that are wrong; `WrongState` if `version` is not the stored one or it is published.
    pub async fn publish_poll(&self, caller: &Caller, poll: PollId, version: i64) -> Result<()> {
        let (account, record, draft) = self.open_draft(caller, poll, Action::PublishPoll).await?;
        if record.version != version {
            return Err(ErrorCode::WrongState.into());
        }
        let fields = self.draft_problems(&record, &draft).await?;
        if !fields.is_empty() {
            return Err(Problem { code: ErrorCode::Invalid, fields, retry_after: None });
        }
        let named = self.named(account, record, draft).await?;
        let manifest = self.manifest(&named)?;
        let (course, entries) = self.first_entries(poll, &named, &manifest)?;
        let above = self.store().areas_above(&named.record.area_path).await?;
        let mut effects = vec![
            Effect::Publish(Box::new(self.publication(&named, &manifest, above.iter().map(|area| area.id))?)),
            Effect::Event(TimelineKind::Published, Some(0)),
            Effect::Audit(self.entry(Some(account), "publish-poll", &format!("poll:{poll}"), Some(named.record.area))),
        ];
        let closes_at = named.draft.closes_at.unwrap_or_default();
        let mut jobs = vec![self.poll_job(poll, PollWork::Close, closes_at)];
        if let Some(key) = course.joint_key() {
            let last = entries.len() as i64 - 2;
            effects.extend([
                Effect::State(PollState::Roll),
                Effect::JointKey(key),
                Effect::Event(TimelineKind::KeyMade, Some(last)),
            ]);
        } else {
            effects.push(Effect::State(PollState::Ceremony));
            jobs.push(self.poll_job(poll, PollWork::TellTrustees { round: 0 }, self.now()));
        }
        effects.push(Effect::Jobs(jobs));
        let entries = entries.into_iter().map(entry).collect::<Result<_>>()?;
        let step = Step { poll, at: self.now(), from: PollState::Draft, size: 0, entries, effects };
        if self.take(&step, &course).await? { Ok(()) } else { Err(ErrorCode::WrongState.into()) }
    }

    /// The manifest entry, and with a system key the whole ceremony.
    fn first_entries(&self, poll: PollId, named: &Named, manifest: &Manifest) -> Result<(Course, Vec<Vec<u8>>)> {
        let bytes = manifest.to_bytes().map_err(|_| ErrorCode::BadManifest)?;
        let first = Entry::new(ballot_id(poll), ManifestBytes(bytes)).encode();
        let mut course = Course::new();
        let checked = course.check(&first).map_err(refused)?;
        course.apply(&checked, 0).map_err(refused)?;
        let mut entries = vec![first];
        if named.draft.key == KeyDraft::System {
            entries.extend(self.system_ceremony(poll, &mut course)?);
        }
        Ok((course, entries))
    }

    fn publication(
        &self,
        named: &Named,
        manifest: &Manifest,
        above: impl Iterator<Item = AreaId>,
    ) -> Result<Publication> {
        let page = named.page(hex(*manifest.hash()), self.now());
        Ok(Publication {
            version: named.record.version,
            opens_at: page.opens_at,
            closes_at: page.closes_at,
            page: serde_json::to_string(&page).map_err(|_| ErrorCode::Internal)?,
            key_system: named.draft.key == KeyDraft::System,
            key_k: manifest.keys.k.into(),
            key_n: manifest.keys.n.into(),
            corrects: named.draft.corrects,
            trustees: named.trustees.iter().map(|(account, _)| *account).collect(),
            clerks: named.clerks.iter().map(|clerk| clerk.account).collect(),
            listed: above.chain([ROOT]).collect(),
        })
    }
}
