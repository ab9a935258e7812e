//! A whole poll in memory: manifest, trustees, clerks, voters, and the board that they write to.

use ballot::board::{CheckedEntry, State};
use ballot::checkpoint::{Checkpoint, LogKey};
use ballot::entry::{Building, ManifestBytes, Open};
use ballot::manifest::{
    Area, Choice, Clerk, Decides, Draft, Electorate, FORMAT, KeyMode, Keys, Kind, Log, Preset, Question, Rule, Unit,
};
use ballot::merkle::{Frontier, leaf_hash};
use ballot::verify::{Options, Report, Verifier};
use ballot::{
    Aggregate, ClerkKey, Digest, Entry, Manifest, PollContext, PollId, PublicKey, RecoveryCode, Refusal, Sealing,
    Tracker, Trustee, TrusteeError, VoterKey, roll, tally, voter,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::sync::Arc;

pub(crate) const OPENS: u64 = 1_764_000_000_000;
pub(crate) const CLOSES: u64 = OPENS + 86_400_000;

pub(crate) fn option(text: &str) -> Choice {
    Choice { text: text.into(), detail: String::new() }
}

/// Yes / no / abstain under the residents' meeting rule, and an approval of 1 to 2 of 4 that only ranks.
pub(crate) fn draft(keys: (u8, u8)) -> Draft {
    let origin = "minyi.example/polls/000102030405060708090a0b0c0d0e0f".to_owned();
    let clerk = |i: u8| Clerk { name: format!("Clerk {i}"), key: ClerkKey::derive(&[i; 32]).public() };
    let (k, n) = keys;
    Draft {
        format: FORMAT.into(),
        poll: PollId([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
        corrects: None,
        area: Area { id: "440305001".into(), name: "南山社区".into() },
        title: "是否加装电梯".into(),
        text: "**全文**见附件。\n请在截止前投票。".into(),
        attachments: vec![],
        questions: vec![
            Question {
                text: "是否同意？".into(),
                kind: Kind::Single,
                options: vec![option("同意"), option("不同意"), option("弃权")],
                min: 1,
                max: 1,
                decides: Decides::Yes,
                yes: Some(0),
            },
            Question {
                text: "先做哪些楼？".into(),
                kind: Kind::Approval,
                options: vec![option("1栋"), option("2栋"), option("3栋"), option("4栋")],
                min: 1,
                max: 2,
                decides: Decides::Ranking,
                yes: None,
            },
        ],
        rule: Rule::of(Preset::ResidentsMeeting).unwrap(),
        electorate: Electorate {
            kind: Unit::Residents,
            min_age: 18,
            areas: vec!["440305001".into()],
            description: "年满十八周岁的居民".into(),
        },
        min_group: 10,
        opens_at: OPENS,
        closes_at: CLOSES,
        keys: match n {
            1 => Keys { mode: KeyMode::System, k: 1, n: 1, names: vec![] },
            _ => Keys { mode: KeyMode::Trustees, k, n, names: (1..=n).map(|i| format!("Trustee {i}")).collect() },
        },
        clerks: vec![clerk(1), clerk(2), clerk(3)],
        clerk_signatures: 2,
        log: Log { origin, key: PublicKey(log_key().public()) },
    }
}

pub(crate) fn log_key() -> LogKey {
    LogKey::from_seed(&[42; 32])
}

#[derive(Clone, Default)]
pub(crate) struct Voter {
    pub(crate) slot: u32,
    pub(crate) seed: [u8; 32],
    pub(crate) last: Option<(u32, Digest)>,
}

pub(crate) struct World {
    pub(crate) manifest: Manifest,
    pub(crate) state: State,
    pub(crate) board: Vec<Vec<u8>>,
    pub(crate) trustees: Vec<Trustee>,
    pub(crate) rng: ChaCha20Rng,
}

impl World {
    /// An open poll with `slots` slots.
    pub(crate) fn open(draft: &Draft, slots: u32) -> Self {
        let mut world = Self::prepared(draft, slots);
        world.approve_and_open();
        world
    }

    pub(crate) fn empty(draft: &Draft) -> Self {
        let bytes = draft.to_bytes().unwrap();
        let manifest = Manifest::parse(&bytes).unwrap();
        let mut rng = ChaCha20Rng::from_seed([7; 32]);
        let code = |rng: &mut ChaCha20Rng| RecoveryCode::generate(rng);
        let trustees = (1..=manifest.keys.n).map(|i| Trustee::new(&code(&mut rng), &manifest, i).unwrap()).collect();
        let mut world = Self { manifest, state: State::new(), board: vec![], trustees, rng };
        world.post(&Entry::new(world.manifest.poll, ManifestBytes(bytes)).encode()).unwrap();
        world
    }

    /// Up to the approvals: ceremony, rehearsal, roll.
    pub(crate) fn prepared(draft: &Draft, slots: u32) -> Self {
        let mut world = Self::empty(draft);
        world.ceremony();
        world.enrol(slots);
        world
    }

    /// The roll.
    pub(crate) fn enrol(&mut self, slots: u32) {
        for entry in roll_entries(self.manifest.poll, slots) {
            self.post(&entry.encode()).unwrap();
        }
    }

    pub(crate) fn ceremony(&mut self) {
        self.each_trustee(|t, _, _| Ok(t.commit()));
        self.each_trustee(|t, s, _| t.reveal(s.course()));
        if self.trustees.len() > 1 {
            self.each_trustee(|t, s, rng| t.deal(s.course(), rng));
        }
        self.each_trustee(|t, s, _| t.confirm(s.course()));
        self.each_trustee(|t, s, _| t.rehearse(s.course()));
    }

    pub(crate) fn each_trustee(
        &mut self,
        act: impl Fn(&Trustee, &State, &mut ChaCha20Rng) -> Result<Vec<u8>, TrusteeError>,
    ) {
        for i in 0..self.trustees.len() {
            let bytes = act(&self.trustees[i], &self.state, &mut self.rng).unwrap();
            self.post(&bytes).unwrap();
        }
    }

    pub(crate) fn approve_and_open(&mut self) {
        let (key, roll) = (self.state.course().joint_key().unwrap(), self.state.course().roll().unwrap().hash);
        for i in 1..=2 {
            let bytes = ClerkKey::derive(&[i; 32]).approve(&self.manifest, key, roll).unwrap();
            self.post(&bytes).unwrap();
        }
        self.post(&Entry::new(self.manifest.poll, Open { at: OPENS }).encode()).unwrap();
    }

    /// What a server does with an entry: check, then append.
    pub(crate) fn post(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let checked: CheckedEntry = self.state.check(bytes)?;
        self.state.apply(&checked)?;
        self.board.push(bytes.to_vec());
        Ok(())
    }

    pub(crate) fn context(&self) -> Arc<PollContext> {
        Arc::clone(self.state.course().context().unwrap())
    }

    /// A voter whose credential stands on the board.
    pub(crate) fn voter(&mut self, slot: u32) -> Voter {
        let voter = voter(slot);
        let bytes = self.key(&voter).credential(&self.context(), slot);
        self.post(&bytes).unwrap();
        voter
    }

    pub(crate) fn key(&self, voter: &Voter) -> VoterKey {
        VoterKey::derive(&voter.seed, self.manifest.poll)
    }

    pub(crate) fn seal(&mut self, voter: &Voter, choices: &[Vec<u16>]) -> voter::SealedBallot {
        let (context, key) = (self.context(), self.key(voter));
        let sealing = Sealing::new(&context, &key, voter.slot, voter.last, choices).unwrap();
        sealing.run(&mut self.rng).unwrap()
    }

    pub(crate) fn vote(&mut self, voter: &mut Voter, choices: &[Vec<u16>]) -> Tracker {
        let sealed = self.seal(voter, choices);
        self.post(&sealed.bytes).unwrap();
        voter.last = Some((voter.last.map_or(1, |(n, _)| n + 1), sealed.hash));
        sealed.tracker
    }

    pub(crate) fn frontier(&self) -> Frontier {
        frontier(&self.board)
    }

    /// The sum of the last ballots, as the server has it from its tables.
    pub(crate) fn sum(&self) -> Aggregate {
        let context = self.context();
        let mut sum = Aggregate::new(&context);
        for slot in 1..=context.slots() {
            if let Some(last) = self.state.slots().slot(slot).filter(|s| s.number > 0) {
                sum.add(&context, &self.board[usize::try_from(last.index).unwrap()]).unwrap();
            }
        }
        sum
    }

    pub(crate) fn close_entry(&self) -> Entry {
        let slots = self.state.slots();
        let counts = tally::Counts { cast: slots.cast(), challenged: slots.challenged(), counted: slots.counted() };
        let root = self.frontier().root();
        tally::close(self.state.course(), CLOSES, self.state.size(), root, counts, &self.sum()).unwrap()
    }

    pub(crate) fn close(&mut self) {
        let entry = self.close_entry();
        self.post(&entry.encode()).unwrap();
    }

    /// A trustee's share, from a board that it has verified itself.
    pub(crate) fn share(&self, trustee: usize) -> Result<Vec<u8>, TrusteeError> {
        let mut verifier = verifier(&self.board, Options::default());
        verifier.checkpoint(&note(&self.manifest, &self.board));
        let counted = verifier.counted()?;
        self.trustees[trustee].share(&counted, CLOSES)
    }

    pub(crate) fn count(&mut self) {
        for i in 0..usize::from(self.manifest.keys.k) {
            let bytes = self.share(i).unwrap();
            self.post(&bytes).unwrap();
        }
        let result = tally::result(self.state.course()).unwrap();
        self.post(&result.encode()).unwrap();
    }

    pub(crate) fn report(&self) -> Report {
        report(&self.manifest, &self.board, Options::default())
    }
}

pub(crate) fn voter(slot: u32) -> Voter {
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&slot.to_be_bytes());
    Voter { slot, seed, last: None }
}

pub(crate) fn roll_entries(poll: PollId, slots: u32) -> Vec<Entry> {
    let commitments: Vec<Digest> =
        (1..=slots).map(|s| roll::commit(poll, s, &[9; 32], &format!("person {s}"))).collect();
    let half = slots / 2;
    let buildings =
        vec![Building { name: "1栋".into(), slots: half }, Building { name: "2栋".into(), slots: slots - half }];
    roll::entries(poll, &commitments, buildings)
}

pub(crate) fn frontier(board: &[Vec<u8>]) -> Frontier {
    let mut frontier = Frontier::new();
    for entry in board {
        frontier.append(leaf_hash(entry));
    }
    frontier
}

/// The log's signed checkpoint of that board, whatever is on it.
pub(crate) fn note(manifest: &Manifest, board: &[Vec<u8>]) -> String {
    let tree = frontier(board);
    Checkpoint { origin: manifest.log.origin.clone(), size: tree.size(), root: tree.root() }.sign(&log_key())
}

/// A verifier that has read the board and the replaced ballots.
pub(crate) fn verifier(board: &[Vec<u8>], options: Options) -> Verifier {
    let mut verifier = Verifier::new(options);
    for entry in board {
        verifier.push(entry);
    }
    for index in verifier.wanted() {
        verifier.supply(index, &board[usize::try_from(index).unwrap()]);
    }
    verifier
}

pub(crate) fn report(manifest: &Manifest, board: &[Vec<u8>], options: Options) -> Report {
    let mut verifier = verifier(board, options);
    verifier.checkpoint(&note(manifest, board));
    verifier.finish()
}
