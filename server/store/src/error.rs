//! What can go wrong in storage.

/// An error of the storage layer. Its text names tables and constraints, never data.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A constraint refused the change; the name is the constraint's.
    #[error("constraint {0} refused the change")]
    Conflict(String),
    /// The database is too busy; the whole operation may be tried again.
    #[error("the database is busy")]
    Busy,
    /// A stored value does not parse: the database was changed by something else.
    #[error("a stored value in {0} does not parse")]
    Corrupt(&'static str),
    /// The engine failed.
    #[error("the database failed")]
    Engine(#[source] Box<dyn core::error::Error + Send + Sync>),
}

/// What a caller learns of it: nothing but whether trying again makes sense. Logged here, at the boundary.
impl From<StoreError> for types::Problem {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Conflict(_) => types::ErrorCode::WrongState,
            StoreError::Busy => types::ErrorCode::Busy,
            StoreError::Corrupt(_) | StoreError::Engine(_) => types::ErrorCode::Internal,
        };
        match &error {
            StoreError::Engine(source) => tracing::error!(%error, %source, "storage failed"),
            _ => tracing::warn!(%error, "storage refused"),
        }
        let retry_after = (code == types::ErrorCode::Busy).then_some(1);
        Self { retry_after, ..code.into() }
    }
}
