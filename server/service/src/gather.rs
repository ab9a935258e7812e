//! Questions that arrive at the same time are answered together.
//!
//! Whoever comes first sets to work with what waits, then with all that came meanwhile, until nothing waits. So one read
//! or one commit serves many people when there are many, and one person waits for nobody.

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

/// Questions `Q` with answers `A`, in a queue for each `K`. A queue is there exactly while somebody works on it.
pub(crate) struct Gather<K, Q, A> {
    /// Questions that are answered together.
    most: usize,
    queues: Mutex<HashMap<K, VecDeque<Waiting<Q, A>>>>,
}

/// A question that many ask alike, by what it asks: it is read once for all who ask at the same time, after they asked.
pub(crate) type Alike<K, A> = Gather<K, (), A>;

/// Somebody who works on a queue. If they fail halfway, the questions that wait are let go, those who asked are told, and
/// the next question finds no queue.
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
            self.gather.lock().remove(&self.key);
        }
    }
}

impl<K: Copy + Eq + Hash, Q, A> Gather<K, Q, A> {
    /// Answers at most so many questions together.
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, queues: Mutex::default() })
    }

    /// Adds a question; true if the caller is to work on the queue.
    fn push(&self, key: K, waiting: Waiting<Q, A>) -> bool {
        let mut queues = self.lock();
        let idle = !queues.contains_key(&key);
        queues.entry(key).or_default().push_back(waiting);
        idle
    }

    fn take(&self, key: K) -> Vec<Waiting<Q, A>> {
        let mut queues = self.lock();
        let Some(queue) = queues.get_mut(&key) else { return Vec::new() };
        let taken: Vec<_> = queue.drain(..queue.len().min(self.most)).collect();
        if taken.is_empty() {
            queues.remove(&key);
        }
        taken
    }

    fn work_on(self: &Arc<Self>, key: K) -> Worker<K, Q, A> {
        Worker { gather: Arc::clone(self), key, done: false }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, VecDeque<Waiting<Q, A>>>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
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
        let gather = Doubles::new(8);
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
        let gather = Doubles::new(8);
        let mut worker = gather.work_on(1);
        assert!(worker.next().is_empty());
        let (to_work, mut asker) = push(&gather);
        assert!(to_work);
        drop(worker);
        assert!(waits(&mut asker));
    }

    #[tokio::test]
    async fn what_waits_is_answered_together_in_its_order() {
        let gather = Doubles::new(2);
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
