"""Speed measured side by side: Fihris and what people use today, in one run, turn by turn.

``python -m scripts.speed`` measures; ``scripts/benchmark.py`` sets up what that needs first.
"""
