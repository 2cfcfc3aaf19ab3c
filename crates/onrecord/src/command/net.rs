//! How the web is asked: what the commands that fetch have in common.

use onrecord_fetch::live::{Known, Live, Proxies, Settings, Stop, SystemClock, Trust, Validators};
use onrecord_store::{Record, WatchedKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How the web is asked.
#[derive(clap::Args)]
#[command(next_help_heading = "Fetching")]
pub(crate) struct NetArgs {
    /// How you can be reached, told to every site: an e-mail address or a page.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) contact: Option<String>,
    /// Seconds between two requests to one site; more where its robots.txt asks for more.
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub(crate) pause: f64,
    /// Seconds that one answer may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds)]
    pub(crate) timeout: f64,
    /// The most articles that are fetched of one feed or sitemap, the newest first.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub(crate) max_articles: usize,
    /// A file of certificates (PEM) of authorities to trust beside those of the system; may be given again. In the
    /// environment, SSL_CERT_FILE and SSL_CERT_DIR name others in their place.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Vec<PathBuf>,
    /// Fetch from addresses of this machine and its network too.
    #[arg(long)]
    pub(crate) allow_private: bool,
    /// Read pages too whose publisher reserves text and data mining: if you have a licence, or the law permits it.
    #[arg(long)]
    pub(crate) take_reserved: bool,
}

impl NetArgs {
    /// The settings that were asked for.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            contact: self.contact.clone(),
            allow_private: self.allow_private,
            take_reserved: self.take_reserved,
            pause: Duration::from_secs_f64(self.pause),
            timeout: Duration::from_secs_f64(self.timeout),
            trust: self.trust(),
            proxies: Proxies::told(|name| std::env::var(name).ok()),
            ..Settings::polite()
        }
    }

    fn trust(&self) -> Trust {
        let word = |name: &str| std::env::var_os(name).filter(|word| !word.is_empty());
        Trust {
            beside: self.ca.clone(),
            file: word("SSL_CERT_FILE").map(PathBuf::from),
            folders: word("SSL_CERT_DIR"),
        }
    }

    /// A client that knows what the record holds.
    pub(crate) fn live(&self, known: Known, stop: &Stop) -> anyhow::Result<Live> {
        let settings = self.settings();
        settings.trust.check().map_err(anyhow::Error::msg)?;
        Ok(Live::new(settings, Arc::new(SystemClock), known, stop.clone()))
    }
}

/// Nothing is known of earlier visits.
pub(crate) fn nothing_known() -> Known {
    Arc::new(|_| None)
}

/// What servers called the pages that the record holds.
pub(crate) fn pages_known(record: &Path) -> Known {
    of_record(record, |record, url| {
        let visit = record.last_read(url).ok()??;
        Some(Validators { etag: visit.etag, last_modified: visit.last_modified })
    })
}

/// The same, and what they called the feeds that are watched.
pub(crate) fn watched_known(record: &Path) -> Known {
    of_record(record, |record, url| {
        let watched = record.watched_at(url).ok()?.filter(|watched| watched.kind == WatchedKind::Feed);
        let (etag, last_modified) = match watched {
            Some(feed) => (feed.etag, feed.last_modified),
            None => record.last_read(url).ok()?.map(|visit| (visit.etag, visit.last_modified))?,
        };
        Some(Validators { etag, last_modified })
    })
}

/// Asks the record through a connection of its own: the other one writes.
fn of_record(
    path: &Path,
    ask: impl Fn(&Record, &str) -> Option<Validators> + Send + Sync + 'static,
) -> Known {
    let path = path.to_owned();
    let open: Mutex<Option<Record>> = Mutex::new(None);
    Arc::new(move |url| {
        let mut open = open.lock().ok()?;
        if open.is_none() {
            *open = Record::open(&path).ok();
        }
        ask(open.as_ref()?, url)
    })
}

fn seconds(typed: &str) -> Result<f64, String> {
    match typed.parse::<f64>() {
        Ok(seconds) if (0.0..=86_400.0).contains(&seconds) => Ok(seconds),
        _ => Err("seconds, from 0 to 86400".to_owned()),
    }
}

/// Tells the work to stop at the first Ctrl-C (or when the system ends the program), and ends it at the second.
pub(crate) fn stop_on_ctrl_c(stop: &Stop, told: &'static str) {
    let on_key = stop.clone();
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            crate::tell(told);
            on_key.set();
        }
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            // 128 and the number of SIGINT, as shells have it.
            std::process::exit(130);
        }
    });
    #[cfg(unix)]
    {
        let on_end = stop.clone();
        std::thread::spawn(move || {
            use tokio::signal::unix::{SignalKind, signal};
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            let ended = runtime.block_on(async {
                match signal(SignalKind::terminate()) {
                    Ok(mut ended) => ended.recv().await.is_some(),
                    Err(_) => false,
                }
            });
            if ended {
                crate::tell(told);
                on_end.set();
            }
        });
    }
}
