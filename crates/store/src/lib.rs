//! Here is the record: what lies in it? The only room that knows how it lies on disk.
