//! Time in the residents' words: 今晚 8 点, with the exact time beside it.
//!
//! The time now comes from the server with the page's data, never from the device: a phone's clock may be wrong, and
//! what the server rendered must be what the browser renders. Local time is a fixed offset from UTC ([`crate::page::Site`]).

use crate::i18n::{Key, k, t, t_named, tf};
use crate::page::offset_minutes;
use leptos::prelude::*;
use types::Timestamp;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A local date and time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Local {
    /// Days since 1970-01-01.
    days: i64,
    pub(crate) year: i64,
    /// 1..=12
    pub(crate) month: u8,
    /// 1..=31
    pub(crate) day: u8,
    /// 0..=23
    pub(crate) hour: u8,
    /// 0..=59
    pub(crate) minute: u8,
}

/// The local date and time at `at`, `offset` minutes ahead of UTC.
pub(crate) fn local(at: Timestamp, offset: i32) -> Local {
    let ms = at.0.saturating_add(i64::from(offset) * MINUTE);
    let (days, rest) = (ms.div_euclid(DAY), ms.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    Local { days, year, month, day, hour: (rest / HOUR) as u8, minute: (rest % HOUR / MINUTE) as u8 }
}

/// Year, month and day of a day since 1970-01-01: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
const fn civil(days: i64) -> (i64, u8, u8) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = (doy - (153 * mp + 2) / 5 + 1) as u8;
    let month = if mp < 10 { mp + 3 } else { mp - 9 } as u8;
    (yoe + era * 400 + if month <= 2 { 1 } else { 0 }, month, day)
}

fn here(at: Timestamp) -> Local {
    local(at, offset_minutes())
}

/// "2026 年 11 月 23 日 20:00".
pub(crate) fn exact(at: Timestamp) -> String {
    let l = here(at);
    tf(k::parts::EXACT, &[("year", &l.year), ("month", &month(l)), ("day", &l.day), ("clock", &clock24(l))])
}

/// "2026 年 11 月 23 日": for what lasts over the turn of a year.
pub(crate) fn date(at: Timestamp) -> String {
    let l = here(at);
    tf(k::parts::DATE, &[("year", &l.year), ("month", &month(l)), ("day", &l.day)])
}

/// "11 月 23 日 周一".
pub(crate) fn day(at: Timestamp) -> String {
    let l = here(at);
    let weekday = weekday(l);
    tf(k::parts::DAY, &[("month", &month(l)), ("day", &l.day), ("weekday", &weekday)])
}

/// "今晚 8 点", "明天上午 9 点半", "11 月 28 日 08:30": as near as a person would say it at `now`.
pub(crate) fn when(at: Timestamp, now: Timestamp) -> String {
    let (l, today) = (here(at), here(now));
    let away = l.days - today.days;
    let near = match away {
        -1 => Some(k::parts::YESTERDAY),
        0 if l.hour >= 18 => Some(k::parts::TONIGHT),
        0 => Some(k::parts::TODAY),
        1 => Some(k::parts::TOMORROW),
        _ => None,
    };
    match near {
        Some(key) => tf(key, &[("part", &t(part(l.hour))), ("clock", &clock(l))]),
        None if l.year == today.year => {
            tf(k::parts::DATE_CLOCK, &[("month", &month(l)), ("day", &l.day), ("clock", &clock24(l))])
        }
        None => exact(at),
    }
}

/// How long until `at`: "还有 3 天", "还有 5 小时", "还有 20 分钟", "马上".
pub(crate) fn left(at: Timestamp, now: Timestamp) -> String {
    let ms = at.since(now);
    let (key, n) = match ms {
        ms if ms >= 2 * DAY => (k::parts::LEFT_DAYS, ms / DAY),
        ms if ms >= 2 * HOUR => (k::parts::LEFT_HOURS, ms / HOUR),
        ms if ms >= MINUTE => (k::parts::LEFT_MINUTES, ms / MINUTE),
        _ => return t(k::parts::LEFT_MOMENT).to_owned(),
    };
    tf(key, &[("n", &n)])
}

/// [`when`] in a `<time>` that has the exact time as its title.
pub(crate) fn moment(at: Timestamp, now: Timestamp) -> impl IntoView {
    time_tag(at, when(at, now))
}

/// `text` in a `<time>` that has the exact time as its title.
pub(crate) fn time_tag(at: Timestamp, text: String) -> impl IntoView {
    view! { <time datetime=machine(at) title=exact(at)>{text}</time> }
}

/// `2026-11-23T20:00+08:00`, for the `datetime` attribute.
pub(crate) fn machine(at: Timestamp) -> String {
    let (l, offset) = (here(at), offset_minutes());
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    format!("{}T{}{sign}{hours:02}:{minutes:02}", iso_date(l), clock24(l))
}

/// `2026-11-23T20:00`, for the value of a `datetime-local` field.
pub(crate) fn field_value(at: Timestamp) -> String {
    let l = here(at);
    format!("{}T{}", iso_date(l), clock24(l))
}

/// What a `datetime-local` field holds, as a point in time; `None` where it is not one. `offset` is in minutes ahead of
/// UTC and given, because server functions have no page around them.
#[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "fields are read on the server"))]
pub(crate) fn from_field_at(text: &str, offset: i32) -> Option<Timestamp> {
    let (date, clock) = text.split_once('T')?;
    let mut date = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut clock = clock.split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (clock.next()??, clock.next()??);
    let fits =
        (1..=12).contains(&month) && (1..=31).contains(&day) && (0..24).contains(&hour) && (0..60).contains(&minute);
    let ms = days(year, month, day) * DAY + hour * HOUR + minute * MINUTE - i64::from(offset) * MINUTE;
    (fits && (1970..10_000).contains(&year)).then_some(Timestamp(ms))
}

/// Days since 1970-01-01, the inverse of [`civil`].
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let yoe = year.rem_euclid(400);
    let mp = if month > 2 { month - 3 } else { month + 9 };
    let doy = (153 * mp + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// What to say to somebody who comes at `now`: 早上好, 上午好, 下午好, 晚上好.
pub(crate) fn greeting(now: Timestamp) -> &'static str {
    t(match here(now).hour {
        5..9 => k::parts::GOOD_EARLY,
        9..12 => k::parts::GOOD_MORNING,
        12..18 => k::parts::GOOD_AFTERNOON,
        _ => k::parts::GOOD_EVENING,
    })
}

fn iso_date(l: Local) -> String {
    format!("{:04}-{:02}-{:02}", l.year, l.month, l.day)
}

fn clock24(l: Local) -> String {
    format!("{:02}:{:02}", l.hour, l.minute)
}

fn clock(l: Local) -> String {
    let hour = match l.hour % 12 {
        0 => 12,
        hour => hour,
    };
    let half = t(if l.hour < 12 { k::parts::HALF_AM } else { k::parts::HALF_PM });
    let minute = format!("{:02}", l.minute);
    let key = match l.minute {
        0 => k::parts::CLOCK_FULL,
        30 => k::parts::CLOCK_HALF,
        _ => k::parts::CLOCK,
    };
    tf(key, &[("hour", &hour), ("minute", &minute), ("half", &half)])
}

fn month(l: Local) -> &'static str {
    t_named(&format!("parts.month_{:02}", l.month)).unwrap_or_default()
}

fn weekday(l: Local) -> &'static str {
    // 1970-01-01 was a Thursday; 0 is Monday.
    let index = (l.days + 3).rem_euclid(7);
    t_named(&format!("parts.weekday_{index}")).unwrap_or_default()
}

const fn part(hour: u8) -> Key {
    match hour {
        0..5 => k::parts::PART_NIGHT,
        5..8 => k::parts::PART_EARLY,
        8..12 => k::parts::PART_MORNING,
        12 => k::parts::PART_NOON,
        13..18 => k::parts::PART_AFTERNOON,
        _ => k::parts::PART_EVENING,
    }
}

#[cfg(test)]
mod tests {
    use super::{Timestamp, civil, days, local};

    #[test]
    fn local_time_is_a_fixed_offset() {
        // 2026-11-23T12:00:00Z
        let l = local(Timestamp(1_795_435_200_000), 480);
        assert_eq!((l.year, l.month, l.day, l.hour, l.minute), (2026, 11, 23, 20, 0));
    }

    #[test]
    fn a_date_reads_back_as_it_was_written() {
        for day in [-1, 0, 59, 60, 10_956, 11_016, 20_780, 47_540] {
            let (year, month, date) = civil(day);
            assert_eq!(days(year, month.into(), date.into()), day);
        }
    }
}
