//! What pages share: one file per part, named as in `style/parts/`. README.md lists them; `/style` shows them.

mod action;
mod bars;
mod data;
mod dialog;
mod field;
mod form;
mod frame;
mod gauge;
mod heading;
mod icon;
pub(crate) mod live;
mod notice;
mod paper;
mod pick;
mod state;
mod steps;
mod text;
pub(crate) mod time;
mod timeline;

pub(crate) use action::{Actions, More, PrintButton, main_link, side_link, way};
pub(crate) use bars::{BackBar, NavBar, RehearsalBar, TopBar};
pub(crate) use data::{Table, facts, tag};
pub(crate) use dialog::Dialog;
pub(crate) use field::{DateField, Field, FileField, Hidden, TextArea};
pub(crate) use form::Form;
pub(crate) use frame::Frame;
pub(crate) use gauge::{Bar, Gauge, Threshold, percent, quorum};
pub(crate) use heading::{PageHead, title};
pub(crate) use icon::{Icon, icon};
pub(crate) use notice::{Kind, Notice, Toasts, toast};
pub(crate) use paper::{Receipt, drawing, prose, seal, stamp, tracker};
pub(crate) use pick::{Check, Choice, Choices, Select};
pub(crate) use state::{Progress, Skeleton, empty, failed, loaded};
pub(crate) use steps::{Stepper, step_bars};
pub(crate) use text::{list, number};
pub(crate) use timeline::{Moment, timeline};
