//! Every limit of a manifest, in the order of its fields.

use super::{
    Decides, Draft, FORMAT, Fraction, KeyMode, Kind, MIN_GROUP, ManifestError, Preset, Question, Unit, limits,
};

type Checked = Result<(), ManifestError>;

/// Where a field stands.
#[derive(Clone, Copy)]
enum At {
    /// By itself.
    Field(&'static str),
    /// In an item of a list.
    Item(&'static str, usize, &'static str),
    /// In an option of a question.
    Option(usize, usize, &'static str),
}

impl At {
    fn path(self) -> String {
        match self {
            Self::Field(name) => name.to_owned(),
            Self::Item(list, i, rest) => format!("{list}[{i}]{rest}"),
            Self::Option(q, i, rest) => format!("questions[{q}].options[{i}]{rest}"),
        }
    }
}

impl From<&'static str> for At {
    fn from(name: &'static str) -> Self {
        Self::Field(name)
    }
}

fn ensure(holds: bool, field: impl Into<At>, problem: &'static str) -> Checked {
    if holds { Ok(()) } else { Err(wrong(field.into(), problem)) }
}

#[cold]
fn wrong(field: At, problem: &'static str) -> ManifestError {
    ManifestError::Field { field: field.path(), problem }
}

/// A text of `1..=limit` characters without control characters, on one line.
fn line(text: &str, limit: usize, field: impl Into<At>) -> Checked {
    let fits = !text.trim().is_empty() && text.chars().count() <= limit && !text.chars().any(char::is_control);
    ensure(fits, field, "must be one line of text, not empty and not too long")
}

/// A text of `0..=limit` characters; line feeds are allowed, other control characters are not.
fn prose(text: &str, limit: usize, field: impl Into<At>) -> Checked {
    let fits = text.chars().count() <= limit && !text.chars().any(|c| c.is_control() && c != '\n');
    ensure(fits, field, "must be text without control characters, not too long")
}

pub(super) fn draft(draft: &Draft) -> Checked {
    ensure(draft.format == FORMAT, "format", "must be minyi-poll/1")?;
    ensure(draft.corrects != Some(draft.poll), "corrects", "must name another poll")?;
    line(&draft.area.id, limits::LINE, "area.id")?;
    line(&draft.area.name, limits::LINE, "area.name")?;
    line(&draft.title, limits::LINE, "title")?;
    prose(&draft.text, limits::TEXT, "text")?;
    attachments(draft)?;
    questions(draft)?;
    rule(draft)?;
    electorate(draft)?;
    ensure(draft.min_group >= MIN_GROUP, "min_group", "must be at least 10")?;
    ensure(draft.opens_at < draft.closes_at, "closes_at", "must be after opens_at")?;
    // Times survive every JSON reader: 2^53.
    ensure(draft.closes_at <= 1 << 53, "closes_at", "is out of range")?;
    keys(draft)?;
    clerks(draft)?;
    let origin = &draft.log.origin;
    line(origin, limits::LINE, "log.origin")?;
    ensure(!origin.contains([' ', '+']), "log.origin", "must not hold a space or a plus sign")
}

fn attachments(draft: &Draft) -> Checked {
    ensure(draft.attachments.len() <= limits::ATTACHMENTS, "attachments", "are too many")?;
    for (i, file) in draft.attachments.iter().enumerate() {
        line(&file.name, limits::LINE, At::Item("attachments", i, ".name"))?;
        line(&file.media_type, limits::LINE, At::Item("attachments", i, ".media_type"))?;
        ensure(file.size <= 1 << 40, At::Item("attachments", i, ".size"), "is out of range")?;
    }
    Ok(())
}

fn questions(draft: &Draft) -> Checked {
    let count = draft.questions.len();
    ensure((1..=limits::QUESTIONS).contains(&count), "questions", "must be 1 to 8")?;
    let options: usize = draft.questions.iter().map(|q| q.options.len()).sum();
    ensure(options <= limits::ALL_OPTIONS, "questions", "have more than 100 options together")?;
    draft.questions.iter().enumerate().try_for_each(|(i, q)| question(q, i))
}

fn question(q: &Question, n: usize) -> Checked {
    let at = |rest| At::Item("questions", n, rest);
    prose(&q.text, limits::PARAGRAPH, at(".text"))?;
    ensure(!q.text.trim().is_empty(), at(".text"), "must not be empty")?;
    ensure((2..=limits::OPTIONS).contains(&q.options.len()), at(".options"), "must be 2 to 50")?;
    for (i, option) in q.options.iter().enumerate() {
        line(&option.text, limits::LINE, At::Option(n, i, ".text"))?;
        prose(&option.detail, limits::PARAGRAPH, At::Option(n, i, ".detail"))?;
    }
    let within = q.min <= q.max && q.max >= 1 && usize::from(q.max) <= q.options.len();
    ensure(within, at(".max"), "must be at least min and at most the number of options")?;
    if q.kind == Kind::Single {
        ensure(q.min == 1 && q.max == 1, at(".max"), "must be 1, as min, for a single choice")?;
    }
    let yes_fits = match (q.decides, q.yes) {
        (Decides::Yes, Some(yes)) => usize::from(yes) < q.options.len() && q.kind == Kind::Single,
        (Decides::Yes, None) => false,
        (_, yes) => yes.is_none(),
    };
    ensure(yes_fits, at(".yes"), "must be an option of a single choice where `decides` is yes, else null")?;
    let each_fits = q.decides != Decides::Each || q.kind == Kind::Approval;
    ensure(each_fits, at(".decides"), "each is for approval")
}

fn rule(draft: &Draft) -> Checked {
    let rule = &draft.rule;
    ensure(rule.is_as_named(), "rule.preset", "does not stand for these numbers")?;
    let fits = |f: &Fraction| f.num >= 1 && f.num <= f.den && f.den <= 1000 && !(f.strict && f.num == f.den);
    ensure(rule.quorum.as_ref().is_none_or(fits), "rule.quorum", "is not a fraction of at most one")?;
    ensure(rule.pass.is_none_or(|p| fits(&p.fraction)), "rule.pass", "is not a fraction of at most one")?;
    let needs_pass = draft.questions.iter().any(|q| matches!(q.decides, Decides::Yes | Decides::Each));
    ensure(rule.pass.is_some() || !needs_pass, "rule.pass", "is needed for these questions")?;
    let ranks_only = draft.questions.iter().all(|q| q.decides == Decides::Ranking);
    ensure(rule.preset != Preset::Advisory || ranks_only, "rule.preset", "advisory decides nothing")
}

fn electorate(draft: &Draft) -> Checked {
    let people = &draft.electorate;
    let unit_fits = match draft.rule.preset {
        Preset::ResidentsMeeting => people.kind == Unit::Residents && people.min_age >= 18,
        Preset::Households | Preset::HouseholdsVillage => people.kind == Unit::Households,
        Preset::Advisory | Preset::Custom => true,
    };
    ensure(unit_fits, "electorate.kind", "is not that of the rule")?;
    ensure(people.min_age <= 120, "electorate.min_age", "is out of range")?;
    ensure((1..=limits::AREAS).contains(&people.areas.len()), "electorate.areas", "must be 1 to 64")?;
    people
        .areas
        .iter()
        .enumerate()
        .try_for_each(|(i, id)| line(id, limits::LINE, At::Item("electorate.areas", i, "")))?;
    prose(&people.description, limits::PARAGRAPH, "electorate.description")
}

fn keys(draft: &Draft) -> Checked {
    let keys = &draft.keys;
    match keys.mode {
        KeyMode::System => {
            ensure(keys.k == 1 && keys.n == 1 && keys.names.is_empty(), "keys", "a system key is 1 of 1 without names")
        }
        KeyMode::Trustees => {
            ensure((2..=limits::THRESHOLD).contains(&keys.k), "keys.k", "must be 2 to 5")?;
            ensure((keys.k..=limits::TRUSTEES).contains(&keys.n), "keys.n", "must be k to 9")?;
            ensure(keys.names.len() == usize::from(keys.n), "keys.names", "must be one for each trustee")?;
            let mut names = keys.names.iter().enumerate();
            names.try_for_each(|(i, name)| line(name, limits::LINE, At::Item("keys.names", i, "")))
        }
    }
}

fn clerks(draft: &Draft) -> Checked {
    let (needed, clerks) = (usize::from(draft.clerk_signatures), &draft.clerks);
    ensure(clerks.len() <= limits::CLERKS, "clerks", "are too many")?;
    ensure(
        (2..=clerks.len()).contains(&needed),
        "clerk_signatures",
        "must be 2 or more, at most the number of clerks",
    )?;
    for (i, clerk) in clerks.iter().enumerate() {
        line(&clerk.name, limits::LINE, At::Item("clerks", i, ".name"))?;
        let repeated = clerks.iter().take(i).any(|other| other.key == clerk.key);
        ensure(!repeated, At::Item("clerks", i, ".key"), "is another clerk's")?;
    }
    Ok(())
}
