//! Does the background work that is due: rows of the database, claimed with a lease, so that several nodes share it.

use service::Service;
use std::time::Duration;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

/// Jobs under way at a time.
const TOGETHER: usize = 8;
/// Of these, what only work on polls may take: a mail server that hangs holds up no closing.
const FOR_POLLS: usize = 2;
const PAUSE: Duration = Duration::from_millis(500);

/// Runs until `stop` turns true; then finishes what it has begun.
pub async fn run(service: Service, node: String, mut stop: watch::Receiver<bool>) {
    let mut tick = interval(PAUSE);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut running = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            _ = tick.tick() => {}
            // Claiming costs a transaction, so a few at a time while there is much to do.
            Some(_) = running.join_next() => if running.len() > TOGETHER / 2 { continue },
        }
        begin(&service, &node, &mut running).await;
    }
    while running.join_next().await.is_some() {}
}

/// Begins what is due, as far as there is room.
async fn begin(service: &Service, node: &str, running: &mut JoinSet<()>) {
    let free = TOGETHER.saturating_sub(running.len());
    if free == 0 {
        return;
    }
    match service.claim_jobs(node, free as i64, FOR_POLLS as i64).await {
        Ok(jobs) => {
            for job in jobs {
                let (service, node) = (service.clone(), node.to_owned());
                running.spawn(async move {
                    if let Err(problem) = service.run_job(&node, job).await {
                        tracing::warn!(%problem, "background work was not recorded as done; it will be done again");
                    }
                });
            }
        }
        Err(problem) => tracing::warn!(%problem, "background work cannot be claimed"),
    }
}
