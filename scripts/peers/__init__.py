"""The engines that people use today, each set up the way it commonly is.

For relevance (``scripts/evaluate.py``) a peer indexes the passages once, answers every query set,
and returns for each query the ids of its passages, best first. Questions are whole sentences, so
every peer scores over any of a question's words (OR), with its own BM25 at its own defaults.

For speed (``scripts/benchmark.py``) an engine, Fihris too, is a process as described by
:mod:`scripts.peers.speed`: ``speed_*.py`` and, for Lucene, ``LuceneSpeed.java``.
"""
