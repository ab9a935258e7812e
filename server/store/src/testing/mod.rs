//! The conformance suite: stories that every engine must tell the same way. Each gets an empty store of its own.
//!
//! To add one: an `async fn story(store: &dyn Store)` and its name in [`conformance`](crate::conformance).

pub mod background;
pub mod identity;
pub mod imports;
pub mod make;
pub mod polls;
pub mod reading;

/// Makes one test of each story; `$open` is an async function that gives an empty store and what must outlive it, or none if the engine is absent.
#[macro_export]
macro_rules! conformance {
    ($open:ident) => {
        $crate::conformance! { $open;
            background::{audit_chain, audit_without_gaps, jobs_are_claimed_once, polls_work_first, leases_run_out, dedupe, notices},
            identity::{accounts, sessions, throttles, one_person_one_account, codes, codes_in_a_city, tickets, roles, standing},
            imports::{all_or_nothing, repeated_imports, elsewhere, cancelled, kept_columns, swept},
            polls::{drafts, steps, votes},
            reading::{areas, persons, letters, backup},
        }
    };
    ($open:ident; $($module:ident::{$($story:ident),*},)*) => {
        $(mod $module { $(
            #[tokio::test]
            async fn $story() {
                let Some((store, _folder)) = super::$open().await else { return };
                $crate::testing::$module::$story(&store).await;
            }
        )* })*
    };
}
