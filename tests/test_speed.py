"""The benchmark of speed, in a tiny form: that it runs, and that engines find what is there."""

from __future__ import annotations

import json
import random
import sys
from xml.etree import ElementTree

import pytest

from fihris.index.specimens import specimens_folder
from scripts import processes
from scripts.million import read_records
from scripts.peers.collection import PeerUnavailable
from scripts.peers.questions import Kind
from scripts.peers.speed import Unit
from scripts.speed import __main__ as benchmark
from scripts.speed import engines
from scripts.speed.chart import chart
from scripts.speed.figures import Figures, Latency, Report
from scripts.speed.questions import draw_questions, read_texts
from scripts.speed.serving import Answer, Depth, served
from scripts.speed.sources import make_sources, sample, sources_in, units_of
from scripts.speed.tables import report_lines

#: What the peers of this machine find is compared with what Fihris finds; each may be missing.
PEERS = ("lucene", "tantivy", "fts5")
