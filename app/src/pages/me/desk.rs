//! The ticket that is shown at the desk: a QR code, and the same in characters. It lasts ten minutes; the page sees
//! by itself when the clerk has confirmed.

use crate::error::Answer;
use crate::i18n::{k, t, tf};
use crate::parts::{self, Kind, Notice, PageHead, drawing, live, time, tracker};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};
use types::{Timestamp, identity::DeskTicket};

/// The ticket with its drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ticket {
    ticket: DeskTicket,
    qr: String,
    now: Timestamp,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn new_ticket() -> Answer<Ticket> {
    let (service, caller) = crate::ssr::door().await?;
    let ticket = service.desk_ticket(&caller).await?;
    Ok(Ticket { qr: crate::ssr::qr_svg(&ticket.url), ticket, now: service.now() })
}

/// How often the page asks whether the clerk has confirmed.
const ASK_MS: u32 = 4_000;

/// `/me/desk`
#[component]
pub(crate) fn DeskTicketPage() -> impl IntoView {
    let page = parts::fetched(|| (), |()| new_ticket());
    let turn = RwSignal::new(0_u32);
    let asked = parts::fetched(
        move || turn.get(),
        |turn| async move { if turn == 0 { Ok(None) } else { super::verify::my_identity().await } },
    );
    let navigate = use_navigate();
    // Asks again after each answer, until the page is left or the clerk has confirmed.
    Effect::new(move |_| match asked.get() {
        Some(Ok(Some(_))) => navigate("/me/verify", Default::default()),
        Some(_) => live::after(ASK_MS, move || {
            turn.try_update(|turn| *turn += 1);
        }),
        None => {}
    });
    parts::loaded(page, move |ticket| show(ticket, page))
}

fn show(ticket: Ticket, page: parts::Fetched<Ticket>) -> AnyView {
    let Ticket { ticket, qr, now } = ticket;
    // Without JavaScript the link draws the page anew, which is the same.
    let again = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        page.refetch();
    };
    let until = tf(k::me::TICKET_UNTIL, &[("when", &time::when(ticket.expires_at, now))]);
    let spoken = tf(k::me::TICKET_SPOKEN, &[("code", &ticket.token)]);
    view! {
        <div class="narrow">
            <PageHead title=t(k::me::VERIFY_DESK) lead=t(k::me::TICKET_LEAD)/>
            <div class="sheet ticket">
                {drawing(qr, t(k::me::TICKET_QR))}
                {tracker(&ticket.token, spoken)}
                <p class="quiet">{until}</p>
            </div>
            <Notice kind=Kind::Info><p>{t(k::me::TICKET_WAIT)}</p></Notice>
            <p><a class="button" href="/me/desk" on:click=again>{t(k::me::TICKET_AGAIN)}</a></p>
        </div>
    }
    .into_any()
}
