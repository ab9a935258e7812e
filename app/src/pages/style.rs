//! `/style`: every part, in the theme and view that are chosen.

use crate::error::Answer;
use crate::i18n::{Key, k, t, tf};
use crate::pages::prefs::PrefsForm;
use crate::parts::{
    Actions, Bar, Check, Choice, Choices, DateField, Dialog, Field, FileField, Form, Frame, Gauge, Icon, Kind, Moment,
    Notice, PageHead, PrintButton, Progress, Receipt, Select, Skeleton, Stepper, Table, TextArea, Threshold, empty,
    facts, icon, main_link, side_link, stamp, step_bars, tag, time, timeline, toast, tracker, way,
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::Timestamp;

/// Refuses, so that the page can show how a refusal looks.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn style_form(name: String) -> Answer<()> {
    Err(types::Problem::field("name", if name.is_empty() { "required" } else { "invalid" }).into())
}

const HOUR: i64 = 3_600_000;
/// 2026-11-23T07:42:00Z
const NOW: Timestamp = Timestamp(1_795_419_720_000);

/// The page of styles.
#[component]
pub(crate) fn StylePage() -> impl IntoView {
    view! {
        <PageHead title=t(k::style::TITLE) over=t(k::parts::STATE_OPEN) lead=t(k::style::LEAD)/>
        <Frame><PrefsForm/></Frame>
        {part(k::style::COLOURS, colours())}
        {part(k::style::TYPE, letters())}
        {part(k::style::BUTTONS, buttons())}
        {part(k::style::ICONS, icons())}
        {part(k::style::GAUGES, gauges())}
        {part(k::style::STEPS, steps())}
        {part(k::style::TIME, times())}
        {part(k::style::PAPER, paper())}
        {part(k::style::FIELDS, fields())}
        {part(k::style::NOTICES, notices())}
        {part(k::style::TABLE, table())}
        {part(k::style::STATES, states())}
        {part(k::style::DIALOG, dialog())}
    }
}

fn part(title: Key, inside: AnyView) -> impl IntoView {
    view! { <Frame title=t(title)>{inside}</Frame> }
}

fn colours() -> AnyView {
    let names = ["paper", "sheet", "ink", "second", "third", "line", "seal", "deep", "tint", "gold", "ok"];
    let one = |name: &'static str| view! { <li><i class=format!("swatch {name}")></i> <code>{name}</code></li> };
    view! { <ul class="swatches">{names.map(one).collect_view()}</ul> }.into_any()
}

fn letters() -> AnyView {
    view! {
        <p class="serif large">{t(k::style::TITLE_SAMPLE)}</p>
        <p>{t(k::style::TEXT_SAMPLE)}</p>
        <p class="quiet">{t(k::style::TEXT_SAMPLE)}</p>
        <p class="small num">{time::exact(NOW)}</p>
    }
    .into_any()
}

fn buttons() -> AnyView {
    view! {
        <p>{main_link("/style", t(k::style::MAIN))}</p>
        <Actions>{side_link("/style", t(k::style::OTHER))} {side_link("/style", t(k::style::OTHER))}</Actions>
        <p><button type="button" class="button danger">{t(k::style::DANGER)}</button> " " <PrintButton/></p>
        <p>{way("/style", t(k::style::LINK))} " " {tag(t(k::parts::VOTED))}</p>
    }
    .into_any()
}

fn icons() -> AnyView {
    view! { <p class="icons">{Icon::ALL.iter().map(|one| icon(*one)).collect_view()}</p> }.into_any()
}

fn gauges() -> AnyView {
    let two_thirds = Threshold { num: 2, den: 3, strict: false };
    let done = RwSignal::new(317_u64);
    view! {
        <Gauge label=t(k::style::TURNOUT) part=418 whole=685 need=two_thirds/>
        <Bar label=t(k::style::CHOICE_1) part=377 whole=482 need=Threshold { num: 3, den: 4, strict: false } first=true/>
        <Bar label=t(k::style::CHOICE_2) part=63 whole=482/>
        <Bar label=t(k::style::OPTION) part=29 whole=482/>
        <Bar label=t(k::style::ABSTAIN) part=13 whole=482 neutral=true/>
        <Progress label=Signal::derive(|| t(k::style::PROGRESS).to_owned()) done all=Signal::stored(482)/>
    }
    .into_any()
}

fn steps() -> AnyView {
    let words = [k::style::STEP_1, k::style::STEP_2, k::style::STEP_3].map(|key| t(key).to_owned());
    let now = Signal::stored(1_usize);
    view! { {step_bars(3, 7)} <Stepper label=t(k::style::STEPS) steps=words.into() now/> }.into_any()
}

fn times() -> AnyView {
    let at = |hours: i64| NOW.plus_ms(hours * HOUR);
    let moment = |hours: i64, what: Key, done| Moment::new(time::moment(at(hours), NOW), t(what), done);
    view! {
        {timeline(vec![
            moment(-26, k::style::TIME_1, true),
            moment(4, k::style::TIME_2, false).running(),
            moment(21, k::style::TIME_3, false),
        ])}
        <p class="small">{time::left(at(4), NOW)} " · " {time::left(at(80), NOW)} " · " {time::day(NOW)}</p>
    }
    .into_any()
}

fn paper() -> AnyView {
    let code = "K7QD 4M2X P9RA ZC83";
    let mark = stamp(t(k::style::STAMP_1), t(k::style::STAMP_2)).into_any();
    let below = view! {
        <p class="quiet">{t(k::style::CODE)}</p>
        {tracker(code, tf(k::style::SPOKEN, &[("code", &code)]))}
    };
    view! {
        <Receipt
            kind=t(k::style::RECEIPT)
            title=t(k::style::RECEIPT_TITLE)
            stamp=mark
            lines=vec![t(k::style::TEXT_SAMPLE).into_any(), time::moment(NOW, NOW).into_any()]
            parts=vec![below.into_any()]
        />
    }
    .into_any()
}

fn fields() -> AnyView {
    let choices = || {
        vec![
            Choice::new("1", t(k::style::CHOICE_1)).with(t(k::style::CHOICE_1_MORE)),
            Choice::new("2", t(k::style::CHOICE_2)),
        ]
    };
    view! {
        <Form to=StyleForm::url() submit=t(k::me::SAVE) quiet=true>
            <Field name="name" label=t(k::style::FIELD) hint=t(k::style::HINT)/>
            <Field name="number" label=t(k::style::NUMBER) kind="number" inputmode="numeric" short=true/>
            <DateField name="date" label=t(k::style::DATE) time=true value=time::field_value(NOW)/>
            <Select name="building" label=t(k::style::SELECT) choices=choices()/>
            <TextArea name="text" label=t(k::style::TEXT) rows=3/>
            <Choices name="choice" label=t(k::style::CHOICE) choices=choices() values=vec!["1".to_owned()]/>
            <Check name="check" label=t(k::style::CHECK)/>
            <FileField name="file" label=t(k::style::FILE) accept=".xlsx,.csv"/>
        </Form>
    }
    .into_any()
}

fn notices() -> AnyView {
    view! {
        <Notice kind=Kind::Info><p>{t(k::style::NOTICE_INFO)}</p></Notice>
        <Notice kind=Kind::Good><p>{t(k::style::NOTICE_GOOD)}</p></Notice>
        <Notice kind=Kind::Care><p>{t(k::style::NOTICE_CARE)}</p></Notice>
        <Notice kind=Kind::Bad><p>{t(k::style::NOTICE_BAD)}</p></Notice>
    }
    .into_any()
}

fn table() -> AnyView {
    let head = vec![t(k::style::WHERE).to_owned(), t(k::style::COUNT).to_owned()];
    let pair = (t(k::style::FIELD).to_owned(), t(k::style::CHOICE_1).into_any());
    view! {
        <Table caption=t(k::style::TABLE) head>
            <tr><th scope="row">{t(k::style::CHOICE_1)}</th><td class="num">"685"</td></tr>
            <tr><th scope="row">{t(k::style::CHOICE_2)}</th><td class="num">"1,461"</td></tr>
        </Table>
        {facts(vec![pair])}
    }
    .into_any()
}

fn states() -> AnyView {
    view! { {empty(t(k::style::EMPTY), t(k::style::EMPTY_TEXT))} <Skeleton/> }.into_any()
}

fn dialog() -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <Actions>
            <button type="button" class="button needs-alive" on:click=move |_| open.set(true)>{t(k::style::OPEN_DIALOG)}</button>
            <button type="button" class="button needs-alive" on:click=move |_| toast(t(k::style::SAID))>{t(k::style::SAY)}</button>
        </Actions>
        <Dialog id="sample" open title=t(k::style::DIALOG)><p>{t(k::style::DIALOG_TEXT)}</p></Dialog>
    }
    .into_any()
}
