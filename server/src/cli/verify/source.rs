//! Where a public record is read from: a board's address, or a folder written by `minyi export-poll`.
//! Both have the layout of C2SP tlog-tiles, so the paths are the same.

use ballot::tiles::{self, Holds, Tile, WIDTH};
use std::{fs, io::Read as _, path::PathBuf, thread, time::Duration};

/// The most bytes of a file of a record: a bundle of 256 entries of 65,535 bytes, each with its length.
const MAX_FILE: u64 = 256 * (65_535 + 2);
/// How often a busy server is asked again.
const TRIES: u32 = 5;
/// The longest wait that a busy server may ask for.
const MAX_WAIT: u64 = 30;

/// Why a record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct SourceError {
    /// The file or address.
    pub place: String,
    /// What is wrong with it.
    pub problem: String,
    /// The record itself is missing or broken there; otherwise it could not be reached.
    pub of_record: bool,
}

/// A public record.
pub enum Source {
    /// A folder.
    Folder(PathBuf),
    /// A board under an address without a slash at its end.
    Board(ureq::Agent, String),
}

impl Source {
    /// The record at `place`: a folder, the address of a poll's page, or the address of its board.
    ///
    /// # Errors
    /// [`SourceError`] where it is neither an address nor a folder.
    pub fn open(place: &str) -> Result<Self, SourceError> {
        if place.starts_with("http://") || place.starts_with("https://") {
            let agent = ureq::Agent::config_builder()
                .timeout_global(Some(Duration::from_secs(120)))
                .http_status_as_error(false)
                .user_agent(concat!("minyi-verify/", env!("CARGO_PKG_VERSION")))
                .build();
            return Ok(Self::Board(agent.into(), board_address(place)));
        }
        let folder = PathBuf::from(place);
        if folder.is_dir() {
            return Ok(Self::Folder(folder));
        }
        let problem = "neither a folder nor an address that begins with http:// or https://".to_owned();
        Err(SourceError { place: place.to_owned(), problem, of_record: false })
    }

    /// The newest checkpoint, a signed note.
    ///
    /// # Errors
    /// [`SourceError`] where there is none.
    pub fn checkpoint(&self) -> Result<String, SourceError> {
        String::from_utf8(self.get("checkpoint")?).map_err(|_| self.broken("checkpoint", "is not text"))
    }

    /// The entries of a bundle: `width` of them, from `index · 256` on.
    ///
    /// # Errors
    /// [`SourceError`] where it is missing or holds another number of entries.
    pub fn bundle(&self, index: u64, width: u16) -> Result<Vec<Vec<u8>>, SourceError> {
        let path = Tile { holds: Holds::Entries, index, width }.path();
        let bytes = self.get(&path)?;
        let entries = tiles::decode_bundle(&bytes).map_err(|refusal| self.broken(&path, refusal.code()))?;
        if entries.len() != usize::from(width) {
            return Err(self.broken(&path, "does not hold the number of entries that its name says"));
        }
        Ok(entries.into_iter().map(<[u8]>::to_vec).collect())
    }

    /// The bytes at `path`.
    ///
    /// # Errors
    /// [`SourceError`] where there is nothing, or too much.
    pub fn get(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        match self {
            Self::Folder(folder) => {
                let mut bytes = Vec::new();
                let read =
                    fs::File::open(folder.join(path)).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes));
                read.map_err(|error| self.broken(path, &error.to_string()))?;
                if bytes.len() as u64 > MAX_FILE { Err(self.broken(path, "is too large")) } else { Ok(bytes) }
            }
            Self::Board(agent, board) => self.fetch(agent, &format!("{board}/{path}"), path),
        }
    }

    fn fetch(&self, agent: &ureq::Agent, address: &str, path: &str) -> Result<Vec<u8>, SourceError> {
        for attempt in 1..=TRIES {
            let mut answer = agent.get(address).call().map_err(|error| self.unreachable(path, &error.to_string()))?;
            let status = answer.status().as_u16();
            match status {
                200 => {
                    let body = answer.body_mut().with_config().limit(MAX_FILE).read_to_vec();
                    return body.map_err(|error| self.unreachable(path, &error.to_string()));
                }
                429 | 503 if attempt < TRIES => {
                    let asked = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
                    thread::sleep(Duration::from_secs(asked.unwrap_or(1).min(MAX_WAIT)));
                }
                404 => return Err(self.broken(path, "the server has no such file")),
                _ => return Err(self.unreachable(path, &format!("the server answers {status}"))),
            }
        }
        Err(self.unreachable(path, "the server stays busy"))
    }

    fn broken(&self, path: &str, problem: &str) -> SourceError {
        SourceError { place: self.place(path), problem: problem.to_owned(), of_record: true }
    }

    fn unreachable(&self, path: &str, problem: &str) -> SourceError {
        SourceError { of_record: false, ..self.broken(path, problem) }
    }

    fn place(&self, path: &str) -> String {
        match self {
            Self::Folder(folder) => folder.join(path).display().to_string(),
            Self::Board(_, board) => format!("{board}/{path}"),
        }
    }
}

/// How many entries the bundle `index` of a board of `size` entries holds.
pub(super) fn width_at(index: u64, size: u64) -> u16 {
    u16::try_from(size.saturating_sub(index.saturating_mul(WIDTH)).min(WIDTH)).unwrap_or(0)
}

/// The board of a poll's page: `https://…/polls/ID` becomes `https://…/api/v1/polls/ID/board`.
fn board_address(place: &str) -> String {
    let place = place.split(['?', '#']).next().unwrap_or(place).trim_end_matches('/');
    let Some((site, rest)) = place.split_once("/polls/") else { return place.to_owned() };
    let poll = rest.split('/').next().unwrap_or(rest);
    if rest == format!("{poll}/board") || poll.is_empty() {
        return place.to_owned();
    }
    format!("{}/api/v1/polls/{poll}/board", site.trim_end_matches("/api/v1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polls_page_leads_to_its_board() {
        let board = "https://minyi.example/api/v1/polls/00ff/board";
        for place in [
            "https://minyi.example/polls/00ff",
            "https://minyi.example/polls/00ff/result?x=1#bars",
            "https://minyi.example/api/v1/polls/00ff",
            "https://minyi.example/api/v1/polls/00ff/board/",
        ] {
            assert_eq!(board_address(place), board, "{place}");
        }
        assert_eq!(board_address("https://mirror.example/minyi/00ff"), "https://mirror.example/minyi/00ff");
    }

    #[test]
    fn the_last_bundle_is_as_wide_as_what_is_left() {
        assert_eq!((width_at(0, 256), width_at(1, 257), width_at(1, 256), width_at(0, 3)), (256, 1, 0, 3));
    }

    #[test]
    fn what_is_neither_folder_nor_address_is_said_in_words() {
        let Err(error) = Source::open("/nowhere/at/all") else { panic!("opened nothing") };
        assert!(error.to_string().contains("neither a folder nor an address"), "{error}");
    }
}
