//! What every handler has at hand, and how it comes to be.

use crate::{
    auth::CookieKind,
    config::{Config, Database},
    pages::site_files,
    world::{Smtp, SystemClock, SystemEntropy},
};
use app::SiteFiles;
use service::{Clock, Entropy, Mailer, NoMail, Secrets, Service, Settings, World};
use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The portal's parts. Cheap to clone.
#[derive(Clone)]
pub struct Portal {
    /// The use cases.
    pub service: Service,
    pub(crate) cookie: CookieKind,
    pub(crate) behind_proxy: bool,
    pub(crate) site: Arc<PathBuf>,
    pub(crate) files: SiteFiles,
    pub(crate) place: Arc<Place>,
}

/// What pages say of the place.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) offset_minutes: i32,
    pub(crate) rehearsal: bool,
    pub(crate) public_url: String,
}

/// Why the portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database does not open.
    #[error("the database does not open: {0}")]
    Database(String),
    /// A command that works on an installation finds none.
    #[error(
        "there is no database at {0}: run this in the installation's folder, or set data_dir (MINYI_DATA_DIR) or database (MINYI_DATABASE); minyi serve and minyi admin create make a new one"
    )]
    NoDatabase(PathBuf),
    /// The secret cannot be read or made.
    #[error("the secret file {0}: {1}")]
    Secret(PathBuf, String),
    /// A file that pages name cannot be read.
    #[error("the site folder {0}: {1}")]
    Site(PathBuf, io::Error),
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// The database was made with another secret.
    #[error("the database belongs to another secret than {0}; every node needs the same file")]
    OtherSecret(PathBuf),
}

impl Portal {
    /// The portal that `config` describes, with the real clock.
    ///
    /// # Errors
    /// Says what is missing or wrong.
    pub async fn open(config: &Config, public_url: &str) -> Result<Self, StartError> {
        let clock = Arc::new(SystemClock { offset: config.clock_file.clone() });
        Self::open_with(config, public_url, clock, Arc::new(SystemEntropy)).await
    }

    /// The portal of an installation that is there already: a command in the wrong folder must not make an empty one.
    ///
    /// # Errors
    /// [`StartError::NoDatabase`]; says what else is missing or wrong.
    pub async fn open_existing(config: &Config) -> Result<Self, StartError> {
        must_exist(&config.database)?;
        Self::open(config, &config.url()).await
    }

    /// The same with a given clock and random source.
    ///
    /// # Errors
    /// Says what is missing or wrong.
    pub async fn open_with(
        config: &Config,
        public_url: &str,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StartError> {
        let mailer: Arc<dyn Mailer> = match &config.mail {
            Some(mail) => Arc::new(Smtp::new(mail)?),
            None => Arc::new(NoMail),
        };
        let store = open_store(&config.database).await?;
        let secrets = read_secret(&config.secret_file, entropy.as_ref())
            .map_err(|error| StartError::Secret(config.secret_file.clone(), error.to_string()))?;
        let settings = Settings { public_url: public_url.to_owned(), votes_waiting: config.votes_waiting };
        let service = Service::new(store, World { clock, entropy, mailer }, secrets, settings);
        if !service.claim_database().await.map_err(|problem| StartError::Database(problem.to_string()))? {
            return Err(StartError::OtherSecret(config.secret_file.clone()));
        }
        let place = Place {
            offset_minutes: config.utc_offset_minutes,
            rehearsal: config.clock_file.is_some(),
            public_url: public_url.to_owned(),
        };
        Ok(Self {
            service,
            cookie: CookieKind::for_url(public_url),
            behind_proxy: config.behind_proxy,
            site: Arc::new(config.site.clone()),
            files: site_files(&config.site).map_err(|error| StartError::Site(config.site.clone(), error))?,
            place: Arc::new(place),
        })
    }
}

impl Portal {
    /// Whether the session cookie goes without its protection, because the portal is reached by plain HTTP.
    #[must_use]
    pub fn plain_cookie(&self) -> bool {
        self.cookie == CookieKind::Plain
    }
}

/// Refuses to go on where there is no SQLite file; a PostgreSQL server says so itself.
///
/// # Errors
/// [`StartError::NoDatabase`].
pub fn must_exist(database: &Database) -> Result<(), StartError> {
    match database {
        Database::Sqlite(path) if !path.exists() => Err(StartError::NoDatabase(path.clone())),
        _ => Ok(()),
    }
}

/// Opens the store of the chosen engine and brings its tables up to date.
///
/// # Errors
/// [`StartError::Database`].
pub async fn open_store(database: &Database) -> Result<Arc<dyn store::Store>, StartError> {
    let failed = |error: &dyn std::error::Error| {
        let source = error.source().map(|source| format!(": {source}")).unwrap_or_default();
        StartError::Database(format!("{error}{source}"))
    };
    Ok(match database {
        Database::Sqlite(path) => {
            if let Some(folder) = path.parent() {
                make_folder(folder).map_err(|error| StartError::Database(format!("{}: {error}", folder.display())))?;
            }
            Arc::new(store_sqlite::SqlStore::connect(path).await.map_err(|error| failed(&error))?)
        }
        Database::Postgres(url) => {
            Arc::new(store_postgres::SqlStore::connect(url).await.map_err(|error| failed(&error))?)
        }
    })
}

/// Makes a folder where there is none, for the owner's eyes only: it will hold the roll.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Reads the master secret: 64 hexadecimal digits. Makes it, for the owner's eyes only, where there is none.
fn read_secret(path: &Path, entropy: &dyn Entropy) -> io::Result<Secrets> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => make_secret(path, entropy)?,
        Err(error) => return Err(error),
    };
    let bad = || io::Error::new(io::ErrorKind::InvalidData, "it does not hold 64 hexadecimal digits");
    let bytes = data_encoding::HEXLOWER.decode(text.trim().as_bytes()).map_err(|_| bad())?;
    Ok(Secrets::new(bytes.try_into().map_err(|_| bad())?))
}

fn make_secret(path: &Path, entropy: &dyn Entropy) -> io::Result<String> {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    let text = data_encoding::HEXLOWER.encode(&bytes);
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            writeln!(file, "{text}")?;
            file.sync_all()?;
            Ok(text)
        }
        // Another node was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => fs::read_to_string(path),
        Err(error) => Err(error),
    }
}
