"""Files in, a Tantivy index out: reading, parsing, analysing and writing documents."""
