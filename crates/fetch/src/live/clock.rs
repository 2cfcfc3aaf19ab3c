//! What time is it, and how is it waited for? Handed in, so that a test of a week takes no time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock that can be waited on.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01 in UTC.
    fn now_ms(&self) -> u64;

    /// Waits so long, or until the work is to stop.
    fn wait(&self, time: Duration, stop: &Stop);

    /// A number from 0.0 to 1.0 that spreads attempts of many programs over time.
    fn jitter(&self) -> f64;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
    }

    fn wait(&self, time: Duration, stop: &Stop) {
        /// How soon a stop is noticed.
        const STEP: Duration = Duration::from_millis(100);
        let end = std::time::Instant::now() + time;
        while !stop.is_set() {
            let left = end.saturating_duration_since(std::time::Instant::now());
            if left.is_zero() {
                break;
            }
            std::thread::sleep(left.min(STEP));
        }
    }

    fn jitter(&self) -> f64 {
        // The last digits of the clock are random enough to spread attempts.
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0.5, |since| f64::from(since.subsec_nanos() % 1_000_000) / 1e6)
    }
}

/// Whether the work is to stop, as told from outside.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Tells the work to stop.
    pub fn set(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether it is to stop.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// A moment as ISO 8601 in UTC, to the second.
pub fn iso(ms: u64) -> String {
    let seconds = ms / 1000;
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let day = i32::try_from(days).ok().and_then(onrecord_terms::Day::from_ordinal);
    let clock = format!("{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60);
    match day {
        Some(day) => format!("{day}T{clock}"),
        None => format!("1970-01-01T{clock}"),
    }
}
