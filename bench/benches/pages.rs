//! How fast is a page read, beside others, on the same pages in one run?
//!
//! `cargo bench --bench pages -- LIST [PYTHON]`: LIST names a page's file a line; PYTHON is an interpreter that has
//! trafilatura. Each tool runs in a process of its own, one thread, all pages in memory before the clock starts; three
//! times, the tools in turn, the best counts, in processor time. Each goes over the pages twice: in the first pass a tool
//! still makes what it makes once (patterns, what it remembers of them), the second is what a long run costs. Memory is
//! the most that the process held, its pages among it.

use onrecord_terms::{Given, Media, Page};
use std::hint::black_box;
use std::process::Command;

const TOOLS: &[&str] =
    &["onrecord", "dom_smoothie", "html5ever and dom_query, no more than the tree", "reading the files"];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--one", tool, list] => one(tool, list),
        [list] => beside(list, None),
        [list, python] => beside(list, Some(python)),
        _ => println!("usage: cargo bench --bench pages -- LIST [PYTHON]"),
    }
}

/// All tools in turn, and their table.
fn beside(list: &str, python: Option<&str>) {
    let own = std::env::current_exe().expect("a program has a path");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/extract/speed.py");
    let n = std::fs::read_to_string(list).expect("the list can be read").lines().count();
    let mut best: Vec<(&str, [f64; 2], f64)> = TOOLS.iter().map(|tool| (*tool, [f64::MAX; 2], 0.0)).collect();
    best.extend(python.map(|_| ("trafilatura", [f64::MAX; 2], 0.0)));
    for _ in 0..3 {
        for (tool, seconds, memory) in &mut best {
            let out = match python {
                Some(python) if *tool == "trafilatura" => Command::new(python).args([script, list]).output(),
                _ => Command::new(&own).args(["--one", tool, list]).output(),
            };
            let out = String::from_utf8(out.expect("the tool runs").stdout).expect("numbers");
            let numbers: Vec<f64> = out.split_whitespace().filter_map(|word| word.parse().ok()).collect();
            let [first, second, held] = numbers[..] else { panic!("{tool}: {out}") };
            *seconds = [seconds[0].min(first), seconds[1].min(second)];
            *memory = memory.max(held);
        }
    }
    let ours = best[0].1;
    println!("| tool | ms a page, first pass | beside ours | second pass | beside ours | most memory, MB |");
    println!("|---|---|---|---|---|---|");
    for (tool, seconds, memory) in &best {
        let [first, second] = [0, 1].map(|pass| {
            format!("{:.2} | {:.2} ×", 1000.0 * seconds[pass] / n as f64, seconds[pass] / ours[pass])
        });
        println!("| {tool} | {first} | {second} | {memory:.0} |");
    }
}

/// Two passes of one tool: the seconds of each, and the most megabytes that it held.
fn one(tool: &str, list: &str) {
    let list = std::fs::read_to_string(list).expect("the list can be read");
    let pages: Vec<Page> = list
        .lines()
        .map(|path| Page {
            id: path.to_owned(),
            origin: path.to_owned(),
            media: Media::Html,
            bytes: std::fs::read(path).expect("the page can be read"),
            given: Given::default(),
        })
        .collect();
    // What is made at the very begin: tables, a tenth of the pages without the clock.
    black_box(pages.iter().step_by(10).map(|page| read(tool, page)).sum::<usize>());
    let [first, second] = [(), ()].map(|()| {
        let start = seconds();
        black_box(pages.iter().map(|page| read(tool, page)).sum::<usize>());
        seconds() - start
    });
    println!("{first} {second} {}", megabytes());
}

fn read(tool: &str, page: &Page) -> usize {
    match tool {
        "onrecord" => onrecord_extract::article(page).0.text().len(),
        "dom_smoothie" => {
            let html = String::from_utf8_lossy(&page.bytes);
            let article =
                dom_smoothie::Readability::new(html.as_ref(), None, None).and_then(|mut it| it.parse());
            article.map_or(0, |article| article.text_content.len())
        }
        "reading the files" => page.bytes.len(),
        _ => dom_query::Document::from(String::from_utf8_lossy(&page.bytes).into_owned()).text().len(),
    }
}

/// Processor time of this thread.
fn seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells");
    told.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).expect("nanoseconds") / 1e9
}

/// The most memory that this process held.
fn megabytes() -> f64 {
    let told = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("it is told");
    line.trim().trim_end_matches(" kB").parse::<f64>().expect("kilobytes") / 1024.0
}
