"""Analysis: from a text in its author's spelling to the tokens that are indexed and matched.

A *chunk* is a run of characters without a space. A *token* is a word, number or symbol with the
forms that it can be found by: ``exact`` (its folded spelling), ``stem`` (without clitics and
inflection) and ``family`` (its root and its consonant skeleton). *Folding* is what turns an
author's spelling into the one that is matched.
"""

from fihris.index.analysis.analyzer import ANALYZER_VERSION, Analyzer
from fihris.index.analysis.normalizer import Folded, fold, fold_characters, fold_letters
from fihris.index.analysis.tokens import AnalyzedText, Token

__all__ = [
    "ANALYZER_VERSION",
    "AnalyzedText",
    "Analyzer",
    "Folded",
    "Token",
    "fold",
    "fold_characters",
    "fold_letters",
]
