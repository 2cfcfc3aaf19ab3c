//! How long and how large? Processor time and memory of this process, as Linux tells them.

use onrecord_link::Quoted;
use std::fs::read_to_string;

/// One run over a stream.
pub(crate) struct Run {
    pub(crate) stories: Vec<usize>,
    pub(crate) cpu_ms: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

/// Places all articles.
pub(crate) fn run(articles: Vec<Quoted>) -> Run {
    let started = cpu_ms();
    let placements = onrecord_link::stories(&articles);
    Run {
        stories: placements.iter().map(|p| p.story).collect(),
        cpu_ms: cpu_ms() - started,
        p50: 0.0,
        p99: 0.0,
    }
}

/// Milliseconds that this thread was on a processor; other work on the machine does not count.
pub(crate) fn cpu_ms() -> f64 {
    let stat = read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

/// The most memory that the process held at a time.
pub(crate) fn peak_mb() -> f64 {
    let status = read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|kb| kb.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
