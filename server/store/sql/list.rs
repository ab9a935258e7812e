//! Statements over a list of values.

use crate::Db;
use sqlx::{Encode, QueryBuilder, Type};

/// Adds `(value, value, …)`, each value at least once and none but these: lists of nearby lengths give the same
/// statement, which the database has read before.
pub(crate) fn push<T>(query: &mut QueryBuilder<Db>, values: impl IntoIterator<Item = T>)
where
    T: Clone + for<'q> Encode<'q, Db> + Type<Db> + Send + 'static,
{
    let values: Vec<T> = values.into_iter().collect();
    let length = values.len().next_power_of_two();
    let fill = values.last().into_iter().cycle().take(length - values.len());
    query.push("(");
    let mut list = query.separated(", ");
    for value in values.iter().chain(fill) {
        list.push_bind(value.clone());
    }
    query.push(")");
}
