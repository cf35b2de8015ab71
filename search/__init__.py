"""A question in, hits out: the query language, the ranking, the marked passages."""
