//! Does the background work that is due: rows of the database, claimed with a lease, so that several nodes share it.

use service::{LEASE_MS, Service};
use std::time::Duration;
use tokio::{sync::watch, task::JoinSet, time::interval};

const TOGETHER: i64 = 8;
const PAUSE: Duration = Duration::from_millis(500);

/// Runs until `stop` turns true; then finishes what it has begun.
pub async fn run(service: Service, node: String, mut stop: watch::Receiver<bool>) {
    let mut tick = interval(PAUSE);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => while work(&service, &node).await && !*stop.borrow() {},
            _ = stop.changed() => return,
        }
    }
}

/// Does what is due, a handful at a time; true if there may be more.
async fn work(service: &Service, node: &str) -> bool {
    let jobs = match service.claim_jobs(node, TOGETHER).await {
        Ok(jobs) => jobs,
        Err(problem) => {
            tracing::warn!(%problem, "background work cannot be claimed");
            return false;
        }
    };
    let more = !jobs.is_empty();
    let mut running = JoinSet::new();
    for job in jobs {
        let (service, node) = (service.clone(), node.to_owned());
        running.spawn(async move {
            let (id, mut keep) = (job.id, interval(Duration::from_millis(LEASE_MS.unsigned_abs() / 3)));
            keep.tick().await;
            let work = service.run_job(&node, job);
            tokio::pin!(work);
            loop {
                tokio::select! {
                    done = &mut work => {
                        if let Err(problem) = done {
                            tracing::warn!(%problem, "background work was not recorded as done; it will be done again");
                        }
                        return;
                    }
                    _ = keep.tick() => drop(service.keep_job(&node, id).await),
                }
            }
        });
    }
    while running.join_next().await.is_some() {}
    more
}
