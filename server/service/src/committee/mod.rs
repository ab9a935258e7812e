//! What the committee's workbench puts together from the other use cases.

mod remind;
mod today;
mod turnout;
