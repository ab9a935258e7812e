//! The configuration: one small struct per concern, each field naming its variable and default.
//!
//! Read from `minyi.toml` (or the file that `MINYI_CONFIG` names), then from the environment; the environment wins.
//! `address` in the file is `MINYI_ADDRESS` in the environment. A wrong value is named, with what is allowed.

mod database;
mod mail;

pub use database::Database;
pub use mail::MailConfig;

use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
    value::UncasedStr,
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use service::Settings;
use std::{net::SocketAddr, path::PathBuf};

/// A wrong value: where, what, and what is allowed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

/// As written in the file and the environment, before it is checked.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    data_dir: PathBuf,
    database: Option<SecretText>,
    address: String,
    public_url: Option<String>,
    site: Option<PathBuf>,
    secret_file: Option<PathBuf>,
    clock_file: Option<PathBuf>,
    utc_offset_minutes: i32,
    behind_proxy: bool,
    votes_waiting: usize,
    mail_url: Option<SecretText>,
    mail_from: Option<String>,
}

/// Text that `Debug` does not show.
#[derive(Clone, Deserialize, Serialize)]
#[serde(transparent)]
struct SecretText(String);

impl core::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("[secret]")
    }
}

/// What an installation decides for itself.
#[derive(Debug, Clone)]
pub struct Config {
    /// `MINYI_DATA_DIR`, default `data`: the SQLite file, the secret.
    pub data_dir: PathBuf,
    /// `MINYI_DATABASE`, default the file `minyi.db` in the data folder.
    pub database: Database,
    /// `MINYI_ADDRESS`, default `127.0.0.1:3000`.
    pub address: SocketAddr,
    /// `MINYI_PUBLIC_URL`, default `http://<address>`: where residents reach the portal.
    pub public_url: Option<String>,
    /// `MINYI_SITE`, default `site` beside the program: what the browser loads.
    pub site: PathBuf,
    /// `MINYI_SECRET_FILE`, default `minyi.key` in the data folder; the same on every node.
    pub secret_file: PathBuf,
    /// `MINYI_CLOCK_FILE`, default none: milliseconds added to the time, for rehearsals and tests. Pages say so.
    pub clock_file: Option<PathBuf>,
    /// `MINYI_UTC_OFFSET_MINUTES`, default 480: local time of what pages show.
    pub utc_offset_minutes: i32,
    /// `MINYI_BEHIND_PROXY`, default false: take the client's address from the last `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// `MINYI_VOTES_WAITING`, default 1024: votes on their way at one time; the next one is told to come back.
    pub votes_waiting: usize,
    /// `MINYI_MAIL_URL` and `MINYI_MAIL_FROM`, default none: no mail is sent.
    pub mail: Option<MailConfig>,
}

impl Config {
    /// Reads file and environment.
    ///
    /// # Errors
    /// Names the wrong value and what is allowed.
    pub fn read() -> Result<Self, ConfigError> {
        let named = std::env::var_os("MINYI_CONFIG").map(PathBuf::from);
        if let Some(missing) = named.as_ref().filter(|file| !file.is_file()) {
            return Err(ConfigError(format!(
                "MINYI_CONFIG is {missing:?}, and there is no such file; allowed is the path of a TOML file, or nothing for minyi.toml in the working folder"
            )));
        }
        let file = named.unwrap_or_else(|| "minyi.toml".into());
        // Names from the environment come in capitals.
        let ours =
            |key: &UncasedStr| !["config", "bin", "data", "log"].into_iter().any(|name| key == UncasedStr::new(name));
        Self::from_figment(&Figment::new().merge(Toml::file(file)).merge(Env::prefixed("MINYI_").filter(ours)))
    }

    /// Where residents reach the portal, if it listens where it is told to.
    #[must_use]
    pub fn url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.address))
    }

    /// Takes the values from `given`, and the defaults for what it lacks.
    ///
    /// # Errors
    /// Names the wrong value and what is allowed.
    pub fn from_figment(given: &Figment) -> Result<Self, ConfigError> {
        let defaults = Raw {
            data_dir: "data".into(),
            database: None,
            address: "127.0.0.1:3000".into(),
            public_url: None,
            site: None,
            secret_file: None,
            clock_file: None,
            utc_offset_minutes: 480,
            behind_proxy: false,
            votes_waiting: Settings::VOTES_WAITING,
            mail_url: None,
            mail_from: None,
        };
        let raw: Raw = Figment::from(Serialized::defaults(defaults))
            .merge(given)
            .extract()
            .map_err(|error| ConfigError(error.to_string()))?;
        raw.check()
    }
}

impl Raw {
    fn check(self) -> Result<Config, ConfigError> {
        let database = match self.database {
            Some(text) => text.0.parse()?,
            None => Database::Sqlite(self.data_dir.join("minyi.db")),
        };
        let address = self
            .address
            .parse()
            .map_err(|_| wrong("address", &self.address, "an address and a port, like 127.0.0.1:3000 or [::]:3000"))?;
        let public_url = self.public_url.map(|url| check_url(&url)).transpose()?;
        if !(-720..=840).contains(&self.utc_offset_minutes) {
            let given = self.utc_offset_minutes.to_string();
            return Err(wrong("utc_offset_minutes", &given, "minutes from -720 to 840, like 480 for China"));
        }
        if !(1..=100_000).contains(&self.votes_waiting) {
            return Err(wrong(
                "votes_waiting",
                &self.votes_waiting.to_string(),
                "a number from 1 to 100000, like 1024",
            ));
        }
        let mail = MailConfig::check(self.mail_url.map(|url| SecretString::from(url.0)), self.mail_from)?;
        Ok(Config {
            secret_file: self.secret_file.unwrap_or_else(|| self.data_dir.join("minyi.key")),
            data_dir: self.data_dir,
            database,
            address,
            public_url,
            site: self.site.unwrap_or_else(default_site),
            clock_file: self.clock_file,
            utc_offset_minutes: self.utc_offset_minutes,
            behind_proxy: self.behind_proxy,
            votes_waiting: self.votes_waiting,
            mail,
        })
    }
}

/// A wrong value, named, with what is allowed.
pub(crate) fn wrong(name: &str, given: &str, allowed: &str) -> ConfigError {
    let variable = format!("MINYI_{}", name.to_uppercase());
    ConfigError(format!("{name} ({variable}) is {given:?}; allowed is {allowed}"))
}

fn check_url(url: &str) -> Result<String, ConfigError> {
    let plain = url.trim_end_matches('/');
    let host = plain.strip_prefix("https://").or_else(|| plain.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(plain.to_owned()),
        _ => {
            Err(wrong("public_url", url, "https:// or http:// and a host, without a path, like https://minyi.example"))
        }
    }
}

/// `site` beside the program, or where a build from source puts it.
fn default_site() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("site")));
    beside.filter(|site| site.is_dir()).unwrap_or_else(|| "target/site".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Result<Config, ConfigError> {
        Config::from_figment(&Figment::new().merge((name, value)))
    }

    #[test]
    fn without_any_setting_the_portal_runs_on_one_file() {
        let config = Config::from_figment(&Figment::new()).expect("defaults are right");
        assert_eq!(config.database, Database::Sqlite("data/minyi.db".into()));
    }

    #[test]
    fn a_wrong_value_is_named_with_what_is_allowed() {
        for (name, value, allowed) in [
            ("address", "localhost", "127.0.0.1:3000"),
            ("public_url", "minyi.example", "https://"),
            ("public_url", "https://minyi.example/portal", "without a path"),
            ("database", "mysql://x", "postgres://"),
            ("mail_url", "pop3://x", "smtp://"),
            ("mail_from", "a@b.example", "mail_url"),
        ] {
            let error = with(name, value).expect_err(name).to_string();
            assert!(error.contains(name) && error.contains(allowed), "{error}");
        }
    }

    #[test]
    fn a_portal_that_lets_no_vote_in_does_not_start() {
        let none = Config::from_figment(&Figment::new().merge(("votes_waiting", 0)));
        let error = none.expect_err("refused").to_string();
        assert!(error.contains("votes_waiting") && error.contains("from 1"), "{error}");
    }

    #[test]
    fn a_misspelt_setting_is_not_passed_over() {
        let error = with("adress", "127.0.0.1:1").expect_err("unknown").to_string();
        assert!(error.contains("adress"), "{error}");
    }

    #[test]
    fn a_password_in_an_address_is_never_shown() {
        let config = with("database", "postgres://minyi:hunter2@127.0.0.1/minyi").expect("right");
        assert!(!format!("{config:?}").contains("hunter2"));
        let error = with("database", "mysql://minyi:hunter2@x").expect_err("wrong").to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
