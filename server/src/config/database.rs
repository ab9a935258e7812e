//! Which engine keeps the data.

use super::ConfigError;
use std::{fmt, path::PathBuf, str::FromStr};

/// Where the data is kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// One SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL address, with its password.
    Postgres(String),
}

impl FromStr for Database {
    type Err = ConfigError;

    /// `postgres://…`, `sqlite:PATH`, or the path of a file.
    fn from_str(text: &str) -> Result<Self, ConfigError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")).unwrap_or(text);
        match path.split_once("://") {
            Some((scheme, _)) => Err(ConfigError(format!(
                "database (MINYI_DATABASE) starts with \"{scheme}://\"; allowed is postgres://user@host/name, or the path of an SQLite file"
            ))),
            None if path.is_empty() => Err(ConfigError(
                "database (MINYI_DATABASE) is empty; allowed is postgres://user@host/name, or the path of an SQLite file".to_owned(),
            )),
            None => Ok(Self::Sqlite(path.into())),
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://[secret]"),
        }
    }
}
