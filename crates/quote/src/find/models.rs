//! Where do the weights come from? The files beside this one, read once; `weights/README.md` tells how they are made.

use crate::find::read::Reader;
use crate::find::tag;
use onrecord_infer::tagger::Linear;
use std::sync::OnceLock;

/// The part-of-speech tagger.
pub(crate) fn tagger() -> &'static Linear {
    static TAGGER: OnceLock<Linear> = OnceLock::new();
    TAGGER.get_or_init(|| {
        Linear::from_bytes(include_bytes!("weights/tagger.bin"))
            .ok()
            .filter(|model| model.n_labels() == tag::N_TAGS)
            .unwrap_or_else(|| Linear::empty(tag::N_TAGS))
    })
}

/// The reader in the program, the fast one.
pub(crate) fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| {
        Reader::parse(include_bytes!("weights/fast.bin")).expect("the weights in the program are whole")
    })
}
