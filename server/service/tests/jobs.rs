//! Background work that fails.

use crate::{
    stories,
    world::{MINUTE, World},
};
use store::NewJob;
use types::{Timestamp, ids::JobId};

/// Work that cannot be done: there is no such payload.
fn hopeless(id: u8, kind: &str) -> NewJob {
    NewJob {
        id: JobId([id; 16]),
        kind: kind.to_owned(),
        payload: "{}".to_owned(),
        run_at: Timestamp(0),
        dedupe_key: None,
    }
}

stories! {
    /// Whoever mends what was broken finds the poll's closing still waiting.
    async fn work_on_polls_is_never_given_up(world: World) {
        world.store.enqueue(&[hopeless(1, "poll"), hopeless(2, "notify")]).await.expect("enqueued");
        for _ in 0..30 {
            world.work().await;
            world.pass(61 * MINUTE);
        }
        let waiting = world.store.jobs_waiting(world.service.now()).await.expect("a count");
        assert_eq!(waiting, 1, "the notice is given up after twenty tries, the poll is not");
    }
}
