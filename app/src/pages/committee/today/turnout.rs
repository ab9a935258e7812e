//! How many took part: a gauge against the threshold, a line over time, and the numbers as a table.

use super::common::href;
use crate::{
    i18n::{k, t, tf},
    parts::{Frame, Gauge, Table, number, quorum, time, way},
};
use leptos::prelude::*;
use types::{
    Timestamp,
    committee::{PollTurnout, TurnoutPoint},
    polls::Electorate,
};

/// The drawing's size in its own units.
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 96.0;

/// Turnout of one poll.
#[component]
pub(crate) fn TurnoutPanel(
    turnout: PollTurnout,
    /// With its title and the way to the poll; on the poll's own page neither is needed.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let PollTurnout { card, rule, electorate, points } = turnout;
    let (voted, slots) = (card.turnout.voted, card.turnout.slots);
    let need = quorum(rule);
    let label = match electorate {
        Electorate::Residents => k::committee_today::BY_PEOPLE,
        Electorate::Households => k::committee_today::BY_HOUSEHOLDS,
    };
    let count = tf(k::committee_poll::TURNOUT_OF, &[("cast", &number(voted)), ("all", &number(slots))]);
    let wanted = need.map_or(0, |need| slots.saturating_mul(need.num).div_ceil(need.den.max(1)));
    // The line is drawn against what is wanted, or what there is if that is more.
    let top = wanted.max(voted).max(1).saturating_mul(6).div_ceil(5);
    let level = need.map(|_| HEIGHT - wanted as f64 / top as f64 * HEIGHT);
    let heading = if named {
        tf(k::committee_today::TURNOUT_TITLE, &[("title", &card.title)])
    } else {
        t(k::committee_poll::TURNOUT_TITLE).to_owned()
    };
    let more = named.then(|| way(href(&format!("/committee/polls/{}", card.poll)), t(k::committee_today::CLOSING_DO)));
    view! {
        <Frame title=heading>
            <Gauge label=t(label) part=voted whole=slots need/>
            <p class="quiet num">{count}</p>
            <Chart points=points.clone() slots=top level/>
            <details>
                <summary>{t(k::committee_today::TURNOUT_TABLE)}</summary>
                <Numbers points/>
            </details>
            <p class="quiet">{t(k::committee_today::TURNOUT_NOTE)}</p>
            {more}
        </Frame>
    }
}

#[component]
fn Chart(points: Vec<TurnoutPoint>, slots: u64, level: Option<f64>) -> impl IntoView {
    let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else { return ().into_any() };
    let line = line(&points, slots);
    let (x, y) = place(last, first.at, last.at, slots);
    let (from, to) = (time::day(first.at), time::day(last.at));
    let words = tf(k::committee_today::TURNOUT_CHART, &[("from", &from), ("to", &to), ("cast", &last.voted)]);
    view! {
        <svg class="turnout-chart" viewBox=format!("-4 -4 {} {}", WIDTH + 8.0, HEIGHT + 8.0) role="img" aria-label=words>
            {level.map(|level| view! { <line class="need" x1="0" x2=WIDTH y1=level y2=level/> })}
            <line class="ground" x1="0" x2=WIDTH y1=HEIGHT y2=HEIGHT/>
            <polyline points=line/>
            <circle cx=x cy=y r="4"/>
        </svg>
        <p class="turnout-ends quiet"><span>{from}</span><span>{to}</span></p>
    }
    .into_any()
}

fn place(point: TurnoutPoint, from: Timestamp, to: Timestamp, slots: u64) -> (f64, f64) {
    let span = to.since(from).max(1) as f64;
    let x = point.at.since(from) as f64 / span * WIDTH;
    let y = HEIGHT - (point.voted as f64 / slots.max(1) as f64).min(1.0) * HEIGHT;
    (x, y)
}

/// The points of the line, as SVG writes them.
fn line(points: &[TurnoutPoint], slots: u64) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let places = points.iter().map(|point| {
        let (x, y) = place(*point, first.at, last.at, slots);
        format!("{x:.1},{y:.1}")
    });
    places.collect::<Vec<_>>().join(" ")
}

#[component]
fn Numbers(points: Vec<TurnoutPoint>) -> impl IntoView {
    let row =
        |point: TurnoutPoint| view! { <tr><td>{time::exact(point.at)}</td><td class="num">{point.voted}</td></tr> };
    let head = vec![t(k::committee_today::TURNOUT_DAY).to_owned(), t(k::committee_today::TURNOUT_COUNT).to_owned()];
    view! {
        <Table caption=t(k::committee_today::TURNOUT_TABLE) head>{points.into_iter().map(row).collect_view()}</Table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64, voted: u64) -> TurnoutPoint {
        TurnoutPoint { at: Timestamp(ms), voted }
    }

    #[test]
    fn the_line_runs_from_the_opening_to_now_and_never_above_the_roll() {
        assert_eq!(line(&[at(0, 0), at(50, 5), at(100, 20)], 10), "0.0,96.0 180.0,48.0 360.0,0.0");
    }

    #[test]
    fn a_poll_with_nobody_on_its_roll_draws_the_ground() {
        assert_eq!(line(&[at(0, 0)], 0), "0.0,96.0");
    }
}
