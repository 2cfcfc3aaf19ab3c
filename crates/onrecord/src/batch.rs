//! Reading ahead: while one batch is worked on, a thread of its own brings in the next.
//!
//! A batch ends at a number of inputs or of bytes, whichever comes first, so that what is held in memory is bounded
//! however large the archive is: one batch being worked on, one ready or under way.

use std::sync::mpsc::sync_channel;

/// The size of a batch: so many inputs, or so many bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// Inputs.
    pub(crate) inputs: usize,
    /// Bytes.
    pub(crate) bytes: usize,
}

/// Gathers what `inputs` gives into batches by `weigh`, which tells for how many inputs and bytes one counts, and hands
/// them to `work` in order. An error of `work` ends it.
pub(crate) fn each<I: Send, E>(
    inputs: impl Iterator<Item = I> + Send,
    limit: Limit,
    weigh: impl Fn(&I) -> (usize, usize) + Send,
    mut work: impl FnMut(Vec<I>) -> Result<(), E>,
) -> Result<(), E> {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(0);
        scope.spawn(move || {
            let (mut batch, mut n_inputs, mut n_bytes) = (Vec::new(), 0, 0);
            for input in inputs {
                let (inputs, bytes) = weigh(&input);
                (n_inputs, n_bytes) = (n_inputs + inputs, n_bytes + bytes);
                batch.push(input);
                if n_inputs >= limit.inputs || n_bytes >= limit.bytes {
                    (n_inputs, n_bytes) = (0, 0);
                    if sender.send(std::mem::take(&mut batch)).is_err() {
                        return;
                    }
                }
            }
            if !batch.is_empty() {
                // Nobody waits for it where the work ended with an error.
                let _ = sender.send(batch);
            }
        });
        receiver.into_iter().try_for_each(&mut work)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_come_in_order_and_no_larger_than_told() {
        let limit = Limit { inputs: 3, bytes: 100 };
        let mut batches = Vec::new();
        let done: Result<(), ()> = each(
            [1, 2, 3, 4, 150, 5, 6, 0, 0].into_iter(),
            limit,
            |n| ((*n > 0).into(), *n),
            |batch| {
                batches.push(batch);
                Ok(())
            },
        );
        assert_eq!(done, Ok(()));
        assert_eq!(batches, [vec![1, 2, 3], vec![4, 150], vec![5, 6, 0, 0]]);
    }

    #[test]
    fn an_error_ends_it() {
        let limit = Limit { inputs: 1, bytes: 1 };
        let mut n = 0;
        let work = |_| {
            n += 1;
            if n == 3 { Err("full") } else { Ok(()) }
        };
        assert_eq!(each(0..1_000_000, limit, |_| (1, 1), work), Err("full"));
    }
}
