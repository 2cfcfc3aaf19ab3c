//! Here is a question: what does the record say? Answers in the reader's words, with their evidence.
