//! Pabulib files (pabulib.org/format), approval ballots: three sections of semicolon-separated values in UTF-8.
//!
//! Strict where a mistake would change a count: unknown or repeated projects, repeated voters, ballots outside the
//! file's own bounds, and counts that do not fit their headers are refused with the line they stand in.

use std::collections::{BTreeMap, HashMap, HashSet};

/// One participatory budget with the ballots that were cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// META, as it stands in the file.
    pub meta: BTreeMap<String, String>,
    /// The projects in the file's order.
    pub projects: Vec<Project>,
    /// One ballot per voter: indices into `projects`, in the file's order.
    pub ballots: Vec<Vec<u16>>,
    /// The fewest projects a ballot may name.
    pub min: u16,
    /// The most projects a ballot may name.
    pub max: u16,
    /// Ballots were limited by the sum of their projects' costs (`max_sum_cost`), as written in the file.
    pub cost_limit: Option<String>,
}

/// A project to vote on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: String,
    /// Its name, or its id where the file has no names.
    pub name: String,
    /// Its cost as written.
    pub cost: String,
    /// Its votes by the official count, where the file has them.
    pub votes: Option<u64>,
}

/// Why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PabulibError {
    /// Not UTF-8.
    #[error("the file is not UTF-8")]
    NotUtf8,
    /// Something in one line.
    #[error("line {line}: {problem}")]
    Line {
        /// From 1.
        line: u64,
        /// What is wrong there.
        problem: String,
    },
    /// Something about the whole file.
    #[error("{0}")]
    Whole(String),
}

type Result<T> = core::result::Result<T, PabulibError>;

fn at<T>(line: u64, problem: impl Into<String>) -> Result<T> {
    Err(PabulibError::Line { line, problem: problem.into() })
}

fn whole<T>(problem: impl Into<String>) -> Result<T> {
    Err(PabulibError::Whole(problem.into()))
}

/// A row and the line it begins in.
struct Row {
    line: u64,
    cells: Vec<String>,
}

/// The rows of a section under the names of its columns.
struct Section {
    columns: HashMap<String, usize>,
    width: usize,
    rows: Vec<Row>,
}

impl Instance {
    /// Reads a file.
    ///
    /// # Errors
    /// [`PabulibError`] with the first thing that is wrong, in words.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let text = core::str::from_utf8(bytes).or(Err(PabulibError::NotUtf8))?;
        let [meta, projects, votes] = sections(text.trim_start_matches('\u{feff}'))?;
        let meta = read_meta(&meta)?;
        approval_only(&meta)?;
        let projects = read_projects(&projects)?;
        expect_count(&meta, "num_projects", projects.len())?;
        let ballots = read_votes(&votes, &projects)?;
        expect_count(&meta, "num_votes", ballots.len())?;
        let (min, max) = bounds(&meta, &projects, &ballots)?;
        let cost_limit = meta.get("max_sum_cost").cloned();
        let ballots = ballots.into_iter().map(|(_, chosen)| chosen).collect();
        Ok(Self { meta, projects, ballots, min, max, cost_limit })
    }

    /// How often each project is named by the ballots of the file.
    #[must_use]
    pub fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.projects.len()];
        for option in self.ballots.iter().flatten() {
            if let Some(count) = counts.get_mut(usize::from(*option)) {
                *count += 1;
            }
        }
        counts
    }
}

/// META, PROJECTS, VOTES: in this order, each once.
fn sections(text: &str) -> Result<[Section; 3]> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut found: Vec<(String, Vec<Row>)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| PabulibError::Whole(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        match (cells.as_slice(), found.last_mut()) {
            ([name], _) if ["META", "PROJECTS", "VOTES"].contains(&name.as_str()) => {
                found.push((name.clone(), Vec::new()))
            }
            ([blank], _) if blank.is_empty() => {}
            (_, Some((_, rows))) => rows.push(Row { line, cells }),
            (_, None) => return at(line, "the file does not begin with META"),
        }
    }
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    if names != ["META", "PROJECTS", "VOTES"] {
        return whole("the file must have the sections META, PROJECTS and VOTES, in this order, each once");
    }
    let mut read = found.into_iter().map(|(name, rows)| Section::new(&name, rows));
    match (read.next(), read.next(), read.next()) {
        (Some(meta), Some(projects), Some(votes)) => Ok([meta?, projects?, votes?]),
        _ => whole("the file has fewer than three sections"),
    }
}

impl Section {
    fn new(name: &str, rows: Vec<Row>) -> Result<Self> {
        let mut rows = rows.into_iter();
        let Some(head) = rows.next() else { return whole(format!("the section {name} has no column names")) };
        let width = head.cells.len();
        let columns: HashMap<String, usize> = head.cells.into_iter().enumerate().map(|(i, cell)| (cell, i)).collect();
        if columns.len() < width {
            return at(head.line, "a column name stands twice");
        }
        Ok(Self { columns, width, rows: rows.collect() })
    }

    fn column(&self, name: &str) -> Result<usize> {
        self.columns.get(name).copied().map_or_else(|| whole(format!("the column {name} is missing")), Ok)
    }

    /// The rows, each with as many cells as there are columns.
    fn rows(&self) -> impl Iterator<Item = Result<&Row>> {
        self.rows.iter().map(|row| {
            if row.cells.len() == self.width {
                Ok(row)
            } else {
                at(row.line, format!("has {} cells, not {}", row.cells.len(), self.width))
            }
        })
    }
}

fn read_meta(section: &Section) -> Result<BTreeMap<String, String>> {
    let mut meta = BTreeMap::new();
    for row in &section.rows {
        let [key, value @ ..] = row.cells.as_slice() else { continue };
        if meta.insert(key.clone(), value.join(";")).is_some() {
            return at(row.line, format!("the key {key} stands twice"));
        }
    }
    Ok(meta)
}

fn approval_only(meta: &BTreeMap<String, String>) -> Result<()> {
    match meta.get("vote_type").map(String::as_str) {
        Some("approval" | "choose-1") => Ok(()),
        Some("cumulative") => {
            whole("vote_type cumulative: voters spread points over projects; this version seals approval ballots only")
        }
        Some("ordinal") => whole("vote_type ordinal: voters rank projects; this version seals approval ballots only"),
        Some("scoring") => {
            whole("vote_type scoring: voters give each project a score; this version seals approval ballots only")
        }
        Some(other) => whole(format!("vote_type {other} is not known; this version seals approval ballots only")),
        None => whole("META does not say vote_type"),
    }
}

fn read_projects(section: &Section) -> Result<Vec<Project>> {
    let (id, cost) = (section.column("project_id")?, section.column("cost")?);
    let (name, votes) = (section.columns.get("name"), section.columns.get("votes"));
    let mut seen = HashSet::new();
    let mut projects = Vec::new();
    for row in section.rows() {
        let row = row?;
        let cell = |column: usize| row.cells.get(column).cloned().unwrap_or_default();
        let project = Project {
            id: cell(id),
            name: name.map(|column| cell(*column)).filter(|name| !name.is_empty()).unwrap_or_else(|| cell(id)),
            cost: cell(cost),
            votes: votes.map(|column| cell(*column)).map(|text| number(row.line, "votes", &text)).transpose()?,
        };
        if project.id.is_empty() || !seen.insert(project.id.clone()) {
            return at(row.line, format!("the project id {:?} is empty or stands twice", project.id));
        }
        projects.push(project);
    }
    Ok(projects)
}

fn number(line: u64, column: &str, text: &str) -> Result<u64> {
    text.parse().or_else(|_| at(line, format!("{column} is {text:?}, not a whole number")))
}

type Ballot = (u64, Vec<u16>);

fn read_votes(section: &Section, projects: &[Project]) -> Result<Vec<Ballot>> {
    let (voter, vote) = (section.column("voter_id")?, section.column("vote")?);
    let index: HashMap<&str, u16> = projects.iter().map(|project| project.id.as_str()).zip(0..).collect();
    let mut seen = HashSet::new();
    let mut ballots = Vec::new();
    for row in section.rows() {
        let row = row?;
        let cell = |column: usize| row.cells.get(column).map_or("", String::as_str);
        if !seen.insert(cell(voter)) {
            return at(row.line, format!("the voter {:?} stands twice", cell(voter)));
        }
        ballots.push((row.line, read_vote(row.line, cell(vote), &index)?));
    }
    Ok(ballots)
}

fn read_vote(line: u64, vote: &str, index: &HashMap<&str, u16>) -> Result<Vec<u16>> {
    let mut chosen = Vec::new();
    for id in vote.split(',').map(str::trim).filter(|id| !id.is_empty()) {
        let Some(option) = index.get(id) else { return at(line, format!("there is no project {id:?}")) };
        if chosen.contains(option) {
            return at(line, format!("names the project {id:?} twice"));
        }
        chosen.push(*option);
    }
    Ok(chosen)
}

fn expect_count(meta: &BTreeMap<String, String>, key: &str, found: usize) -> Result<()> {
    match meta.get(key) {
        Some(text) if text.parse() != Ok(found) => whole(format!("{key} is {text}, but the file has {found}")),
        _ => Ok(()),
    }
}

/// The file's bounds; where it gives none, 1 (0 if a ballot is empty) to all projects, as the format says.
fn bounds(meta: &BTreeMap<String, String>, projects: &[Project], ballots: &[Ballot]) -> Result<(u16, u16)> {
    let all = u16::try_from(projects.len()).or_else(|_| whole("more than 65,535 projects"))?;
    let bound = |key: &str| match meta.get(key).filter(|text| !text.is_empty()).map(|text| text.parse::<u16>()) {
        Some(Ok(value)) => Ok(Some(value)),
        Some(Err(_)) => whole(format!("{key} is not a whole number")),
        None => Ok(None),
    };
    let one = meta.get("vote_type").is_some_and(|kind| kind == "choose-1");
    let has_empty = ballots.iter().any(|(_, chosen)| chosen.is_empty());
    let min = bound("min_length")?.unwrap_or(u16::from(!has_empty));
    let max = bound("max_length")?.unwrap_or(if one { 1 } else { all }).min(all);
    if min > max {
        return whole(format!("min_length {min} is more than max_length {max}"));
    }
    match ballots.iter().find(|(_, chosen)| !(usize::from(min)..=usize::from(max)).contains(&chosen.len())) {
        Some((line, chosen)) => at(*line, format!("names {} projects; the file allows {min} to {max}", chosen.len())),
        None => Ok((min, max)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "META\nkey;value\nvote_type;approval\nnum_projects;2\nnum_votes;3\n\
        PROJECTS\nproject_id;cost;votes;name\n7;100;2;\"Trees; and benches\"\n9;50;1;Lamps\n\
        VOTES\nvoter_id;age;vote\na;30;7\nb;41;\"7,9\"\nc;;\n";

    #[test]
    fn quoting_order_and_missing_bounds_are_read() {
        let read = Instance::parse(SMALL.as_bytes()).unwrap();
        assert_eq!(read.projects[0].name, "Trees; and benches");
        assert_eq!(read.ballots, [vec![0], vec![0, 1], vec![]]);
        assert_eq!((read.min, read.max), (0, 2));
        assert_eq!(read.counts(), [2, 1]);
        assert_eq!(Instance::parse(format!("\u{feff}{}", SMALL.replace('\n', "\r\n")).as_bytes()).unwrap(), read);
    }

    #[test]
    fn what_would_change_a_count_is_refused_with_its_line() {
        let cases = [
            ("a;30;7", "a;30;8", "line 12: there is no project \"8\""),
            ("a;30;7", "b;30;7", "line 13: the voter \"b\" stands twice"),
            ("\"7,9\"", "\"7,7\"", "line 13: names the project \"7\" twice"),
            ("a;30;7", "a;7", "line 12: has 2 cells, not 3"),
            ("9;50;1;Lamps", "7;50;1;Lamps", "line 9: the project id \"7\" is empty or stands twice"),
            ("100;2;", "100;two;", "line 8: votes is \"two\", not a whole number"),
            ("num_votes;3", "num_votes;4", "num_votes is 4, but the file has 3"),
            ("num_votes;3", "max_length;1", "line 13: names 2 projects; the file allows 0 to 1"),
            ("num_votes;3", "min_length;1", "line 14: names 0 projects; the file allows 1 to 2"),
            (
                "approval",
                "ordinal",
                "vote_type ordinal: voters rank projects; this version seals approval ballots only",
            ),
            (
                "PROJECTS",
                "PROJECT",
                "the file must have the sections META, PROJECTS and VOTES, in this order, each once",
            ),
        ];
        for (from, to, expected) in cases {
            let refused = Instance::parse(SMALL.replacen(from, to, 1).as_bytes()).unwrap_err();
            assert_eq!(refused.to_string(), expected);
        }
        assert_eq!(Instance::parse(b"META\n\xff"), Err(PabulibError::NotUtf8));
    }
}
