//! Where do the weights come from? The files beside this one, read once.
//!
//! Made by `cargo run --release -p onrecord-quote --features train --example train-finder`; see
//! `weights/README.md` for the data and their licences. Weights that cannot be read leave their model empty.

use crate::find::cue;
use crate::find::part::Pointers;
use crate::find::tag;
use onrecord_infer::tagger::Linear;
use std::sync::OnceLock;

/// All models of the finder.
#[derive(Debug)]
pub(crate) struct Models {
    pub(crate) tagger: Linear,
    pub(crate) cues: Linear,
    pub(crate) pointers: Pointers,
}

/// The models in use.
pub(crate) fn models() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(|| {
        let read = |bytes: &[u8], n_labels: usize| {
            Linear::from_bytes(bytes)
                .ok()
                .filter(|model| model.n_labels() == n_labels)
                .unwrap_or_else(|| Linear::empty(n_labels))
        };
        Models {
            tagger: read(include_bytes!("weights/tagger.bin"), tag::N_TAGS),
            cues: read(include_bytes!("weights/cues.bin"), cue::N_LABELS),
            pointers: Pointers {
                source_end: read(include_bytes!("weights/source-end.bin"), 1),
                source_start: read(include_bytes!("weights/source-start.bin"), 1),
                content_start: read(include_bytes!("weights/content-start.bin"), 1),
                content_end: read(include_bytes!("weights/content-end.bin"), 1),
                more: read(include_bytes!("weights/more.bin"), 1),
                judge: read(include_bytes!("weights/judge.bin"), 2),
            },
        }
    })
}
