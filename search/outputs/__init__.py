"""Hits written for other programs and for papers: one module for each format.

Every format is a function from hits to lines, so that hits are written as they are read.
"""
