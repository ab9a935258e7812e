//! The queries, compiled by each engine crate against its own `crate::Db`, so that every one is checked against both schemas.
