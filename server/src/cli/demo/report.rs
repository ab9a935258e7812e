//! What there is to try, for people and for programs.

use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// The list's file in the data folder.
const LIST: &str = "demo.json";

/// An account of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    /// To sign in with.
    pub login: String,
    /// The same for all demonstration accounts.
    pub password: String,
    /// The name on the roll.
    pub name: String,
    /// Where they live.
    pub address: String,
    /// A trustee's recovery code, for all demonstration polls; empty for others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recovery_code: String,
    /// A clerk's recovery code of the signing key; empty for others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signing_code: String,
}

/// A poll of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPoll {
    /// The poll.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
}

/// Somebody on the roll who has not verified yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoStranger {
    /// Name on the roll.
    pub name: String,
    /// Building.
    pub building: String,
    /// Unit.
    pub unit: String,
    /// Room.
    pub room: String,
    /// The code from the letter.
    pub code: String,
}

/// The accounts by what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccounts {
    /// Runs the portal.
    pub operator: DemoAccount,
    /// Leads the committee.
    pub lead: DemoAccount,
    /// Two clerks.
    pub clerks: Vec<DemoAccount>,
    /// Three trustees; two are enough.
    pub trustees: Vec<DemoAccount>,
    /// Residents who have not voted in the open polls.
    pub residents: Vec<DemoAccount>,
}

/// The polls by how far they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPolls {
    /// Open; two of three trustees hold the key.
    pub open: DemoPoll,
    /// Finished, with its result.
    pub finished: DemoPoll,
    /// Open; the system holds the key.
    pub system: DemoPoll,
}

/// Everything there is to try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoReport {
    /// Where the portal is reached.
    pub url: String,
    /// The community's id.
    pub area: String,
    /// People on the roll.
    pub people: usize,
    /// The accounts.
    pub accounts: DemoAccounts,
    /// The polls.
    pub polls: DemoPolls,
    /// Somebody to verify with the letter's code.
    pub unverified: DemoStranger,
}

impl DemoReport {
    /// Writes the list into the data folder, for its owner's eyes only: it holds passwords and recovery codes.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, folder: &Path) -> io::Result<()> {
        let mut options = fs::File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(folder.join(LIST))?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.sync_all()
    }

    /// The list that was written; none if there is no such file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn kept(folder: &Path) -> io::Result<Option<Self>> {
        match fs::read(folder.join(LIST)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes the list of an earlier demonstration.
    ///
    /// # Errors
    /// When there is one and it cannot be removed.
    pub(super) fn forget(folder: &Path) -> io::Result<()> {
        match fs::remove_file(folder.join(LIST)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The same list for a portal that is reached at `url` by now.
    pub(super) fn at(mut self, url: &str) -> Self {
        for poll in [&mut self.polls.open, &mut self.polls.finished, &mut self.polls.system] {
            poll.url = poll.url.replacen(&self.url, url, 1);
        }
        url.clone_into(&mut self.url);
        self
    }

    /// The list for people: in Chinese, as the demonstration is, with English beside.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let accounts = &self.accounts;
        let _ = writeln!(text, "青禾社区 · 演示 / a demonstration community\n{}\n", self.url);
        let _ = writeln!(text, "密码 / password   {}\n", accounts.operator.password);
        let _ = writeln!(text, "账号 / accounts");
        let mut line = |what: &str, account: &DemoAccount| {
            let _ = writeln!(text, "  {:<14} {} {}", account.login, account.name, what);
            for (what, code) in [
                ("恢复码 / recovery code", &account.recovery_code),
                ("签名密钥恢复码 / signing key", &account.signing_code),
            ] {
                if !code.is_empty() {
                    let _ = writeln!(text, "                 {what}  {code}");
                }
            }
        };
        line("平台运营 / operator", &accounts.operator);
        line("居委主任 / committee lead", &accounts.lead);
        accounts.clerks.iter().for_each(|account| line("居委干部 / clerk", account));
        accounts.trustees.iter().for_each(|account| line("监票人 / trustee", account));
        accounts.residents.iter().for_each(|account| line("居民，还没投票 / resident, has not voted", account));
        let _ = writeln!(text, "\n投票 / polls");
        for (what, poll) in [
            ("进行中 / open", &self.polls.open),
            ("已出结果 / finished", &self.polls.finished),
            ("进行中，系统保管密钥 / open, system key", &self.polls.system),
        ] {
            let _ = writeln!(text, "  {}\n    {what}\n    {}", poll.title, poll.url);
        }
        let who = &self.unverified;
        let _ = writeln!(text, "\n还没核验的居民 / on the roll, not verified yet: sign up as anybody, then");
        let _ = writeln!(
            text,
            "  {} · {} 号楼 {} 单元 {} · 信上的验证码 / code from the letter {}",
            who.name, who.building, who.unit, who.room, who.code
        );
        text
    }
}
