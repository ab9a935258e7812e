//! Questions that arrive at the same time are answered together.
//!
//! Whoever comes first sets a worker to what waits, which then takes all that came meanwhile, until nothing waits. So one
//! read or one commit serves many people when there are many, and one person waits for nobody.

use crate::Result;
use std::{
    collections::{HashMap, VecDeque},
    future::Future,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;
use types::ErrorCode;

struct Waiting<Q, A> {
    question: Q,
    answer: oneshot::Sender<Result<A>>,
}

struct Queue<Q, A> {
    waiting: VecDeque<Waiting<Q, A>>,
    workers: usize,
}

/// Questions `Q` with answers `A`, in a queue for each `K`. A queue is there exactly while somebody works on it.
pub(crate) struct Gather<K, Q, A> {
    /// Questions that are answered together, at most.
    most: usize,
    /// Workers on one queue, at most.
    workers: usize,
    queues: Mutex<HashMap<K, Queue<Q, A>>>,
}

/// A question that many ask alike, by what it asks: it is read once for all who ask at the same time, after they asked.
pub(crate) type Alike<K, A> = Gather<K, (), A>;

/// Somebody who works on a queue. If they fail halfway, those whose questions they have are told; so are those who wait,
/// where nobody else is left to work for them.
struct Worker<K: Copy + Eq + Hash, Q, A> {
    gather: Arc<Gather<K, Q, A>>,
    key: K,
    done: bool,
}

impl<K: Copy + Eq + Hash, Q, A> Worker<K, Q, A> {
    /// The next questions; none ends the work.
    fn next(&mut self) -> Vec<Waiting<Q, A>> {
        let batch = self.gather.take(self.key);
        self.done = batch.is_empty();
        batch
    }
}

impl<K: Copy + Eq + Hash, Q, A> Drop for Worker<K, Q, A> {
    fn drop(&mut self) {
        if !self.done {
            leave(&mut self.gather.lock(), self.key);
        }
    }
}

impl<K: Copy + Eq + Hash, Q, A> Gather<K, Q, A> {
    /// Answers at most so many questions together, by so many workers side by side.
    pub(crate) fn new(most: usize, workers: usize) -> Arc<Self> {
        Arc::new(Self { most, workers, queues: Mutex::default() })
    }

    /// Adds a question; true if the caller is to work on the queue.
    fn push(&self, key: K, waiting: Waiting<Q, A>) -> bool {
        let mut queues = self.lock();
        let queue = queues.entry(key).or_insert_with(|| Queue { waiting: VecDeque::new(), workers: 0 });
        queue.waiting.push_back(waiting);
        let to_work = queue.workers < self.workers;
        queue.workers += usize::from(to_work);
        to_work
    }

    fn take(&self, key: K) -> Vec<Waiting<Q, A>> {
        let mut queues = self.lock();
        let Some(queue) = queues.get_mut(&key) else { return Vec::new() };
        let taken: Vec<_> = queue.waiting.drain(..queue.waiting.len().min(self.most)).collect();
        if taken.is_empty() {
            leave(&mut queues, key);
        }
        taken
    }

    fn work_on(self: &Arc<Self>, key: K) -> Worker<K, Q, A> {
        Worker { gather: Arc::clone(self), key, done: false }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Queue<Q, A>>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One worker less; with the last one goes the queue.
fn leave<K: Eq + Hash, Q, A>(queues: &mut HashMap<K, Queue<Q, A>>, key: K) {
    if let Some(queue) = queues.get_mut(&key) {
        queue.workers -= 1;
        if queue.workers == 0 {
            queues.remove(&key);
        }
    }
}

impl<K, Q, A> Gather<K, Q, A>
where
    K: Copy + Eq + Hash + Send + 'static,
    Q: Send + 'static,
    A: Send + 'static,
{
    /// Waits for the answer. `work` answers every question that it is given, in their order, or fails for all of them.
    pub(crate) async fn ask<W>(
        self: &Arc<Self>,
        key: K,
        question: Q,
        work: impl Fn(Vec<Q>) -> W + Send + 'static,
    ) -> Result<A>
    where
        W: Future<Output = Result<Vec<A>>> + Send,
    {
        let (answer, answered) = oneshot::channel();
        if self.push(key, Waiting { question, answer }) {
            let mut worker = self.work_on(key);
            // A task of its own: somebody who hangs up must not take the others' questions along.
            tokio::spawn(async move {
                loop {
                    let batch = worker.next();
                    if batch.is_empty() {
                        return;
                    }
                    let (questions, waiting): (Vec<Q>, Vec<_>) =
                        batch.into_iter().map(|waiting| (waiting.question, waiting.answer)).unzip();
                    match work(questions).await {
                        Ok(answers) => {
                            waiting
                                .into_iter()
                                .zip(answers)
                                .for_each(|(waiting, answer)| drop(waiting.send(Ok(answer))));
                        }
                        Err(problem) => {
                            waiting.into_iter().for_each(|waiting| drop(waiting.send(Err(problem.clone()))));
                        }
                    }
                }
            });
        }
        answered.await.unwrap_or_else(|_| Err(ErrorCode::Internal.into()))
    }
}

impl<K, A> Alike<K, A>
where
    K: Copy + Eq + Hash + Send + 'static,
    A: Clone + Send + 'static,
{
    /// Waits for what is read.
    pub(crate) async fn ask_alike<W>(self: &Arc<Self>, key: K, read: impl Fn() -> W + Send + 'static) -> Result<A>
    where
        W: Future<Output = Result<A>> + Send,
    {
        let work = move |askers: Vec<()>| {
            let read = read();
            async move { Ok(vec![read.await?; askers.len()]) }
        };
        self.ask(key, (), work).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oneshot::{Receiver, error::TryRecvError};
    use tokio::sync::Notify;

    type Doubles = Gather<u8, u32, u32>;

    /// Whether the caller is to work on the queue, and the asker's end.
    fn push(gather: &Arc<Doubles>) -> (bool, Receiver<Result<u32>>) {
        let (answer, answered) = oneshot::channel();
        (gather.push(1, Waiting { question: 1, answer }), answered)
    }

    fn waits(asker: &mut Receiver<Result<u32>>) -> bool {
        matches!(asker.try_recv(), Err(TryRecvError::Empty))
    }

    #[test]
    fn a_worker_that_fails_leaves_nobody_waiting_and_no_queue_that_nobody_works_on() {
        let gather = Doubles::new(8, 1);
        let (to_work, mut first) = push(&gather);
        let worker = gather.work_on(1);
        let (second_to_work, mut second) = push(&gather);
        assert!(to_work && !second_to_work, "one works for both");
        assert!(waits(&mut first) && waits(&mut second));
        drop(worker);
        assert!(!waits(&mut first) && !waits(&mut second), "told, not left waiting");
        assert!(push(&gather).0, "the next question is worked on");
    }

    #[test]
    fn a_worker_that_is_done_leaves_the_next_ones_queue_alone() {
        let gather = Doubles::new(8, 1);
        let mut worker = gather.work_on(1);
        assert!(worker.next().is_empty());
        let (to_work, mut asker) = push(&gather);
        assert!(to_work);
        drop(worker);
        assert!(waits(&mut asker));
    }

    #[test]
    fn workers_side_by_side_share_a_queue_and_the_last_one_takes_it_away() {
        let gather = Doubles::new(1, 2);
        let (first_to_work, mut first) = push(&gather);
        let (second_to_work, mut second) = push(&gather);
        let (third_to_work, mut third) = push(&gather);
        assert!(first_to_work && second_to_work && !third_to_work);
        let (mut one, mut other) = (gather.work_on(1), gather.work_on(1));
        drop((one.next(), one));
        assert!(!waits(&mut first), "failed, and told");
        assert!(waits(&mut third), "there is another worker");
        assert_eq!((other.next().len(), other.next().len()), (1, 1));
        assert!(!waits(&mut second) && !waits(&mut third));
        assert!(other.next().is_empty());
        drop(other);
        assert!(push(&gather).0, "the next question is worked on");
    }

    #[tokio::test]
    async fn what_waits_is_answered_together_in_its_order() {
        let gather = Doubles::new(2, 1);
        let (go, sizes) = (Arc::new(Notify::new()), Arc::new(Mutex::new(Vec::new())));
        let ask = |question: u32| {
            let (gather, go, sizes) = (Arc::clone(&gather), Arc::clone(&go), Arc::clone(&sizes));
            async move {
                let work = move |questions: Vec<u32>| {
                    let (go, sizes) = (Arc::clone(&go), Arc::clone(&sizes));
                    async move {
                        sizes.lock().expect("nobody failed").push(questions.len());
                        go.notified().await;
                        if questions.contains(&9) {
                            return Err(ErrorCode::Busy.into());
                        }
                        Ok(questions.into_iter().map(|question| question * 2).collect())
                    }
                };
                gather.ask(1, question, work).await
            }
        };
        let let_go = async {
            for _ in 0..2 {
                go.notify_one();
                tokio::task::yield_now().await;
            }
        };
        let (first, second, third, ()) = tokio::join!(ask(1), ask(2), ask(9), let_go);
        assert_eq!((first, second), (Ok(2), Ok(4)));
        assert_eq!(third.expect_err("refused").code, ErrorCode::Busy);
        assert_eq!(*sizes.lock().expect("nobody failed"), [2, 1], "as many together as are allowed");
    }
}
