//! What a voter's device asks for and sends.

mod cast;
mod challenge;
mod context;
mod my_record;
mod register;
mod status;
