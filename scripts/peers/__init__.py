"""The engines that people use today, each run over a collection the way it is commonly set up.

A peer indexes the passages once, answers every query set, and returns for each query the ids of
its passages, best first. Questions are whole sentences, so every peer scores over any of a
question's words (OR), with its own BM25 at its own defaults.
"""
