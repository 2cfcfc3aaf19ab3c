//! Drives the real `onrecord` in a temp folder.
