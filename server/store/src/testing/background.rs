//! The audit log, background work, inboxes.

use super::make::{self, NOW};
use crate::{NewJob, Notice, Store, link};
use types::ids::NoticeId;

/// Every entry is bound to the one before, and the head to the last.
pub async fn audit_chain(store: &dyn Store) {
    for action in ["a", "b", "c"] {
        store.audit(&make::entry(action)).await.expect("appended");
    }
    let chain = store.audit_chain(0, 10).await.expect("read");
    assert_eq!(chain.iter().map(|record| record.seq).collect::<Vec<_>>(), [1, 2, 3]);
    let mut before = vec![0; 32];
    for record in &chain {
        assert_eq!(record.prev_hash, before);
        assert_eq!(record.hash, link(&before, record.seq, &record.entry));
        before.clone_from(&record.hash);
    }
    let head = store.audit_head().await.expect("read");
    assert_eq!((head.seq, head.hash), (3, before));
    assert_eq!(store.audit_chain(2, 10).await.expect("read").len(), 1);
}

/// Entries appended at the same time get numbers without gaps.
pub async fn audit_without_gaps(store: &dyn Store) {
    let entry = make::entry("a");
    let (a, b, c) = join3(store.audit(&entry), store.audit(&entry), store.audit(&entry)).await;
    a.and(b).and(c).expect("all appended");
    let chain = store.audit_chain(0, 10).await.expect("read");
    assert_eq!(chain.iter().map(|record| record.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(chain.windows(2).all(|pair| pair[1].prev_hash == pair[0].hash));
}

/// Drives three futures together; by hand, so that this crate needs no runtime.
async fn join3<A, B, C>(
    a: impl Future<Output = A>,
    b: impl Future<Output = B>,
    c: impl Future<Output = C>,
) -> (A, B, C) {
    use core::{future::poll_fn, pin::pin, task::Poll};
    let (mut a, mut b, mut c) = (pin!(a), pin!(b), pin!(c));
    let (mut x, mut y, mut z) = (None, None, None);
    poll_fn(|cx| {
        if x.is_none()
            && let Poll::Ready(done) = a.as_mut().poll(cx)
        {
            x = Some(done);
        }
        if y.is_none()
            && let Poll::Ready(done) = b.as_mut().poll(cx)
        {
            y = Some(done);
        }
        if z.is_none()
            && let Poll::Ready(done) = c.as_mut().poll(cx)
        {
            z = Some(done);
        }
        match (x.take(), y.take(), z.take()) {
            (Some(a), Some(b), Some(c)) => Poll::Ready((a, b, c)),
            (a, b, c) => {
                (x, y, z) = (a, b, c);
                Poll::Pending
            }
        }
    })
    .await
}

/// Two nodes that ask at the same time never get the same job, and together get all.
pub async fn jobs_are_claimed_once(store: &dyn Store) {
    let jobs: Vec<NewJob> = (0..20).map(make::job).collect();
    store.enqueue(&jobs).await.expect("stored");
    let until = NOW.plus_ms(1000);
    let (a, b, c) = join3(
        store.claim_jobs("a", NOW, until, 10, 0),
        store.claim_jobs("b", NOW, until, 10, 0),
        store.claim_jobs("c", NOW, until, 10, 0),
    )
    .await;
    let mut claimed: Vec<_> =
        [a, b, c].into_iter().flat_map(|jobs| jobs.expect("an answer")).map(|job| job.id).collect();
    loop {
        let more = store.claim_jobs("d", NOW, until, 10, 0).await.expect("an answer");
        if more.is_empty() {
            break;
        }
        claimed.extend(more.into_iter().map(|job| job.id));
    }
    claimed.sort();
    assert_eq!(claimed, jobs.iter().map(|job| job.id).collect::<Vec<_>>(), "each once");
}

/// Work on polls is claimed before work that waits longer, and has places that nothing else takes. One job can be claimed
/// by its id, once.
pub async fn polls_work_first(store: &dyn Store) {
    let poll = NewJob { kind: "poll".to_owned(), run_at: NOW.plus_ms(5), ..make::job(9) };
    let jobs: Vec<NewJob> = (0..4).map(make::job).chain([poll.clone()]).collect();
    store.enqueue(&jobs).await.expect("stored");
    let (now, until) = (NOW.plus_ms(5), NOW.plus_ms(1000));
    assert!(store.claim_jobs("a", NOW, until, 2, 2).await.expect("an answer").is_empty(), "the poll's is not due");
    let first = store.claim_jobs("a", now, until, 3, 1).await.expect("claimed");
    assert_eq!(first.iter().map(|job| job.kind.as_str()).collect::<Vec<_>>(), ["poll", "story"]);
    let other = jobs.iter().find(|job| first.iter().all(|taken| taken.id != job.id)).expect("three are left").id;
    let one = store.claim_job(other, "b", now, until).await.expect("an answer").expect("free");
    assert_eq!((one.id, one.attempts), (other, 1));
    assert!(store.claim_job(other, "c", now, until).await.expect("an answer").is_none(), "leased");
    assert!(store.finish_job(other, "b", now).await.expect("done"));
    assert!(store.claim_job(other, "c", until, until).await.expect("an answer").is_none(), "done");
}

/// A dead node's job is taken up by another; the first can then neither keep nor finish it.
pub async fn leases_run_out(store: &dyn Store) {
    store.enqueue(&[make::job(1)]).await.expect("stored");
    let first = store.claim_jobs("a", NOW, NOW.plus_ms(10), 5, 0).await.expect("claimed");
    assert_eq!(first.len(), 1);
    assert!(store.claim_jobs("b", NOW.plus_ms(9), NOW.plus_ms(99), 5, 0).await.expect("an answer").is_empty());
    assert!(store.keep_job(first[0].id, "a", NOW.plus_ms(20)).await.expect("an answer"));
    let second = store.claim_jobs("b", NOW.plus_ms(20), NOW.plus_ms(99), 5, 0).await.expect("claimed");
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].attempts, 2);
    assert!(!store.keep_job(first[0].id, "a", NOW.plus_ms(99)).await.expect("an answer"));
    assert!(!store.finish_job(first[0].id, "a", NOW).await.expect("an answer"));
    assert!(store.return_job(second[0].id, "b", Some(NOW.plus_ms(50)), NOW, "busy").await.expect("an answer"));
    assert!(store.claim_jobs("a", NOW.plus_ms(49), NOW.plus_ms(99), 5, 0).await.expect("an answer").is_empty());
    let third = store.claim_jobs("a", NOW.plus_ms(50), NOW.plus_ms(99), 5, 0).await.expect("claimed");
    assert!(store.finish_job(third[0].id, "a", NOW.plus_ms(51)).await.expect("an answer"));
    assert_eq!(store.jobs_waiting(NOW.plus_ms(999)).await.expect("counted"), 0);
    assert_eq!(store.sweep_jobs(NOW.plus_ms(51), 9).await.expect("swept"), 0);
    assert_eq!(store.sweep_jobs(NOW.plus_ms(52), 9).await.expect("swept"), 1);
}

/// The same work is queued once, also after it was done.
pub async fn dedupe(store: &dyn Store) {
    let once = |n| NewJob { dedupe_key: Some("once".to_owned()), ..make::job(n) };
    store.enqueue(&[once(1), once(2)]).await.expect("stored");
    let job = store.claim_jobs("a", NOW, NOW.plus_ms(10), 5, 0).await.expect("claimed");
    assert_eq!(job.len(), 1);
    assert!(store.finish_job(job[0].id, "a", NOW).await.expect("done"));
    store.enqueue(&[once(3)]).await.expect("stored");
    assert_eq!(store.jobs_waiting(NOW).await.expect("counted"), 0);
}

/// A fan-out done twice fills an inbox once, and mails only who confirmed an address and wants mail.
pub async fn notices(store: &dyn Store) {
    let (a, b) = (make::account(store, 1).await, make::account(store, 2).await);
    store.set_mail(a.id, "a@example.com", true, "en", None).await.expect("set");
    assert!(store.confirm_email(a.id, "a@example.com", NOW).await.expect("an answer"));
    assert!(!store.confirm_email(b.id, "b@example.com", NOW).await.expect("an answer"), "not the account's address");
    let notice = |n: u32, account| Notice {
        id: NoticeId(make::bytes(n)),
        account,
        kind: "poll-opens".to_owned(),
        args: "{}".to_owned(),
        poll: None,
        sent_at: NOW.plus_ms(i64::from(n)),
        read_at: None,
    };
    let all = [notice(1, a.id), notice(2, b.id), notice(3, a.id)];
    let mail: Vec<NewJob> = (1..=3).map(|n| NewJob { dedupe_key: Some(format!("mail:{n}")), ..make::job(n) }).collect();
    for _ in 0..2 {
        store.add_notices(&all, &mail).await.expect("sent");
    }
    assert_eq!(store.jobs_waiting(NOW).await.expect("counted"), 2, "two mails for a, none for b");
    let inbox = store.notices(a.id, None, 10).await.expect("read");
    assert_eq!(inbox.iter().map(|notice| notice.id).collect::<Vec<_>>(), [all[2].id, all[0].id], "newest first");
    let rest = store.notices(a.id, Some((inbox[0].sent_at, inbox[0].id)), 10).await.expect("read");
    assert_eq!(rest.len(), 1);
    store.mark_read(b.id, Some(all[0].id), NOW).await.expect("marked");
    assert_eq!(store.unread(a.id).await.expect("counted"), 2, "nobody marks for others");
    store.mark_read(a.id, Some(all[0].id), NOW).await.expect("marked");
    assert_eq!(store.unread(a.id).await.expect("counted"), 1);
    store.mark_read(a.id, None, NOW).await.expect("marked");
    assert_eq!(store.unread(a.id).await.expect("counted"), 0);
    assert!(store.notice_mail(all[0].id).await.expect("read").is_some());
    store.unsubscribe(a.id).await.expect("ended");
    assert!(store.notice_mail(all[0].id).await.expect("read").is_none());
}
