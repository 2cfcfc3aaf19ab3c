//! What lies in the record, as rows for other tools? Articles, quotes, statements, one flat row each.
