//! How long and how large? Processor time and memory of this process, as Linux tells them.

use onrecord_link::Quoted;
use std::fs::read_to_string;

/// One run over a stream.
pub(crate) struct Run {
    pub(crate) stories: Vec<usize>,
    pub(crate) cpu_ms: f64,
}

/// Places all articles.
pub(crate) fn run(articles: &[Quoted]) -> Run {
    let started = cpu_ms();
    let placements = onrecord_link::stories(articles);
    Run { stories: placements.iter().map(|p| p.story).collect(), cpu_ms: cpu_ms() - started }
}

/// Milliseconds that this thread was on a processor; other work on the machine does not count.
#[cfg(target_os = "linux")]
pub(crate) fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// Not told elsewhere.
#[cfg(not(target_os = "linux"))]
pub(crate) fn cpu_ms() -> f64 {
    0.0
}

/// The most memory that the process held at a time.
pub(crate) fn peak_mb() -> f64 {
    let status = read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|kb| kb.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Begins to watch the most memory anew.
pub(crate) fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5"); // elsewhere than on Linux nothing is told anyway
}
