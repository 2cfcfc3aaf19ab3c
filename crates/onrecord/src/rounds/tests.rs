//! A week of watching in no time, over a server on this machine.

#[path = "../../../fetch/tests/web/server.rs"]
#[allow(dead_code, unreachable_pub, reason = "a part of it is used here")]
mod server;

use super::*;
use crate::command::{new_feed, watched_known};
use onrecord_fetch::live::{Clock as _, Live};
use server::{PAGE, Server, TestClock, full, page, settings};

/// Nobody looks on.
struct Nobody;

impl Watch for Nobody {
    fn bytes(&mut self, _: u64) {}
    fn known(&mut self, _: &str, _: usize) {}
    fn done(&mut self, _: usize) {}
    fn skipped(&mut self, _: &onrecord_fetch::Skipped) {}
    fn step(&mut self, _: &str) {}
}

/// A record with one feed, and who watches it.
struct Desk {
    folder: tempfile::TempDir,
    record: Record,
    plan: Plan,
    clock: Arc<TestClock>,
}

impl Desk {
    fn new(feed: &str) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("talks.db");
        let mut record = Record::open_or_create(&path).unwrap();
        record.watch(&[new_feed(feed.to_owned(), None)]).unwrap();
        let (clock, stop) = (TestClock::new(), Stop::default());
        let live = Live::new(settings(), clock.clone(), watched_known(&path), stop.clone());
        let plan = Plan { live, stop, shortest: 900, max_articles: 100 };
        Desk { folder, record, plan, clock }
    }

    fn round(&mut self) -> Option<Round> {
        let now = (self.clock.now_ms() / 1000) as i64;
        round(&mut self.record, &self.plan, now, &mut Nobody).unwrap()
    }

    /// Goes on to when the next thing is due; in whole hours how long that took.
    fn until_due(&mut self) -> i64 {
        let now = (self.clock.now_ms() / 1000) as i64;
        let wait = self.record.next_due().unwrap().map_or(0, |due| due - now).max(0);
        self.clock.advance(wait as u64 * 1000);
        wait / 3600
    }
}

#[test]
fn a_week_of_an_article() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/rss" if asked.head.contains("if-none-match: \"f1\"") => full(304, "", ""),
        "/rss" => full(
            200,
            "content-type: text/xml\r\netag: \"f1\"\r\n",
            "<rss><channel><title>Vale Ledger</title><ttl>1440</ttl><item><link>/quay</link></item>
             <item><link>/gone</link></item></channel></rss>",
        ),
        // The second reading, a day later, finds another sentence; the third the same.
        "/quay" => {
            page(if asked.nth < 2 { PAGE.to_owned() } else { PAGE.replace("We are ready,", "We are late,") })
        }
        _ => None,
    });
    let mut desk = Desk::new(&server.url("/rss"));
    let first = desk.round().unwrap();
    assert_eq!((first.n_feeds, first.n_new, first.summary.read, first.summary.skipped.len()), (1, 2, 1, 1));
    assert!(desk.round().is_none(), "nothing is due");
    let (mut versions, mut n_rounds) = (0, 0);
    let mut hours = 0;
    while hours < 24 * 9 {
        hours += desk.until_due();
        if let Some(round) = desk.round() {
            n_rounds += 1;
            versions += round.summary.versions;
            assert_eq!(round.n_new, 0);
        }
    }
    assert_eq!((server.n_asked("/quay"), server.n_asked("/gone")), (3, 1));
    assert_eq!(versions, 1);
    assert_eq!(desk.record.counts().unwrap().versions, 2);
    let quay = desk.record.watched_at(&server.url("/quay")).unwrap().unwrap();
    assert_eq!((quay.due, quay.n_reads), (None, 3));
    assert!((8..=11).contains(&n_rounds), "the feed asks for a day: {n_rounds}");
    drop(desk.folder);
}

#[test]
fn what_fails_is_tried_again_and_given_up() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/rss" => full(
            200,
            "content-type: text/xml\r\n",
            "<rss><channel><item><link>/ill</link></item></channel></rss>",
        ),
        "/ill" => full(503, "", ""),
        _ => None,
    });
    let mut desk = Desk::new(&server.url("/rss"));
    let mut hours = 0;
    while hours < 24 * 9 {
        desk.round();
        hours += desk.until_due();
    }
    assert_eq!(server.n_asked("/ill"), 5);
}

#[test]
fn a_round_that_is_stopped_leaves_its_feeds_due() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/rss" => full(
            200,
            "content-type: text/xml\r\netag: \"f1\"\r\n",
            "<rss><channel><item><link>/a</link></item><item><link>/b</link></item></channel></rss>",
        ),
        "/a" | "/b" => page(PAGE),
        _ => None,
    });
    let mut desk = Desk::new(&server.url("/rss"));
    desk.plan.stop.set();
    desk.round();
    let feed = desk.record.watched_at(&server.url("/rss")).unwrap().unwrap();
    assert_eq!((feed.due, feed.etag), (Some(0), None));
}
