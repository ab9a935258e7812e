//! What a server function answers when it does not do what was asked, and how pages say it.

use crate::i18n::{k, t, t_named};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use types::{ErrorCode, Problem};

/// What every server function returns.
pub type Answer<T> = Result<T, UiError>;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum UiError {
    /// The service said no.
    #[serde(rename = "problem")]
    Refused(Problem),
    /// No answer came: the network is away. Made in the browser only.
    #[serde(rename = "offline")]
    Offline,
}

impl UiError {
    /// The code, where the service said no.
    #[must_use]
    pub const fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Offline => None,
        }
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(problem) => problem.code.status(),
            Self::Offline => 503,
        }
    }

    /// What happened and what to do, in the reader's language.
    #[must_use]
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Refused(problem) => sentence(problem.code),
            Self::Offline => t(k::parts::OFFLINE),
        }
    }

    /// What is wrong with the first field, or the sentence where no field is named: for pages without a form.
    #[must_use]
    pub fn first_reason(&self) -> &'static str {
        self.fields().first().map_or_else(|| self.sentence(), |(_, reason)| *reason)
    }

    /// The sentence for a field, if the field is wrong.
    #[must_use]
    pub fn of_field(&self, name: &str) -> Option<&'static str> {
        let Self::Refused(problem) = self else { return None };
        let wrong = problem.fields.iter().find(|wrong| wrong.field == name)?;
        Some(reason(&wrong.reason))
    }

    /// The fields that are wrong, with the sentence for each.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, &'static str)> {
        let Self::Refused(problem) = self else { return Vec::new() };
        problem.fields.iter().map(|wrong| (wrong.field.clone(), reason(&wrong.reason))).collect()
    }
}

/// What a code means, in the reader's language.
#[must_use]
pub fn sentence(code: ErrorCode) -> &'static str {
    t_named(&format!("error.{}", code.as_str())).unwrap_or_else(|| t(k::error::INTERNAL))
}

/// What is wrong with a field, in the reader's language.
#[must_use]
pub fn reason(reason: &str) -> &'static str {
    t_named(&format!("field_error.{reason}")).unwrap_or_else(|| t(k::field_error::INVALID))
}

impl FromServerFnError for UiError {
    type Encoder = crate::wire::Wire;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => ErrorCode::Invalid.into(),
            _ => ErrorCode::Internal.into(),
        }
    }
}

impl From<Problem> for UiError {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

impl From<ErrorCode> for UiError {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code.into())
    }
}

impl core::fmt::Display for UiError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Refused(problem) => problem.fmt(f),
            Self::Offline => f.write_str("offline"),
        }
    }
}

impl core::error::Error for UiError {}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::{UiError, reason, sentence};
    use crate::i18n::t_named;
    use types::{ErrorCode, Problem};

    #[test]
    fn a_page_without_a_form_says_what_is_wrong_and_not_only_that_something_is() {
        let refused = UiError::from(Problem::field("area", "nobody"));
        assert_eq!(refused.first_reason(), reason("nobody"));
        assert_ne!(refused.first_reason(), refused.sentence());
        assert_eq!(UiError::from(ErrorCode::NotAllowed).first_reason(), sentence(ErrorCode::NotAllowed));
    }

    /// `build.rs` makes sure that the three languages have the same keys.
    #[test]
    fn every_code_has_its_sentence() {
        let missing: Vec<_> = ErrorCode::ALL
            .iter()
            .map(|code| code.as_str())
            .filter(|code| t_named(&format!("error.{code}")).is_none_or(str::is_empty))
            .collect();
        assert!(missing.is_empty(), "locales/*/error.json lacks {missing:?}");
    }
}
