//! Work shared by threads: as many as `LOGITUDE_ACCURACY_THREADS` says, else one.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

pub fn count() -> usize {
    let asked = std::env::var("LOGITUDE_ACCURACY_THREADS");
    asked.map_or(1, |n| n.parse().expect("LOGITUDE_ACCURACY_THREADS is a number")).max(1)
}

/// What `work` made of every number below `parts`, in any order.
pub fn spread<T: Send>(parts: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if parts <= 1 || count() == 1 {
        return (0..parts).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let one = || {
        let mine = std::iter::repeat_with(|| next.fetch_add(1, Relaxed)).take_while(|i| *i < parts);
        mine.map(&work).collect::<Vec<T>>()
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..count()).map(|_| scope.spawn(one)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    })
}
