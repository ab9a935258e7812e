//! Statements over a list of values of one poll.

use crate::{Db, sql::list};
use sqlx::{Encode, QueryBuilder, Type};
use types::ids::PollId;

/// `start`, which ends with what the poll equals, and a column that is one of the values.
pub(super) fn list<T>(start: &str, poll: PollId, column: &str, values: impl IntoIterator<Item = T>) -> QueryBuilder<Db>
where
    T: Clone + for<'q> Encode<'q, Db> + Type<Db> + Send + 'static,
{
    let mut query = QueryBuilder::<Db>::new(start);
    query.push_bind(poll.0.to_vec()).push(" AND ").push(column).push(" IN ");
    list::push(&mut query, values);
    query
}
