//! What lies at these paths? One line for each page and each reason, counts at the end.
#![allow(clippy::print_stdout, reason = "an example shows what comes")]

use onrecord_fetch::Event;
use std::collections::BTreeMap;

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let quiet = paths.first().is_some_and(|first| first == "--count");
    let (mut n_pages, mut n_bytes, mut n_skipped) = (0, 0, 0);
    for event in onrecord_fetch::read(&paths[usize::from(quiet)..], BTreeMap::new()) {
        match event {
            Event::Page(page) => {
                n_pages += 1;
                n_bytes += page.bytes.len();
                if !quiet {
                    println!(
                        "page {} {} {:?}",
                        page.origin,
                        page.bytes.len(),
                        page.given.url.unwrap_or_default()
                    );
                }
            }
            Event::Skipped(skipped) => {
                n_skipped += 1;
                println!("skipped {}: {}", skipped.origin, skipped.why);
            }
            Event::PassedOver { what, n } => println!("passed over {n} {what}"),
            Event::Visit(_) | Event::Known { .. } | Event::Mark(_) | Event::Bytes(_) => {}
        }
    }
    println!("{n_pages} pages, {n_bytes} bytes, {n_skipped} skipped");
}
