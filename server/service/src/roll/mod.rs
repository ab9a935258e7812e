//! The roll: reading it, importing it, printing letters.

mod apply;
mod columns;
mod file;
mod idnumber;
mod import;
mod letters;
mod persons;
mod read;
mod row;
mod seal;
mod template;
