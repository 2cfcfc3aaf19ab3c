//! How good is it? Gold data, scores, and the floors that must not sink.
