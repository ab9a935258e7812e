//! The roll: reading it, importing it, printing letters.

mod apply;
mod columns;
mod file;
mod idnumber;
mod import;
mod letters;
mod on_server;
mod persons;
mod read;
mod row;
mod seal;
mod template;
