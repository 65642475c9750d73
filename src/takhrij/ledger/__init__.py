"""The ledger: one store for articles, readings, claims, reviews and the chain of who changed what.

:func:`open_ledger` opens one, in an SQLite file or a PostgreSQL database. A :class:`~takhrij.ledger.writer.Writer` adds to
it under somebody's name; :class:`~takhrij.ledger.views.Views` read one collection of it and can change nothing.
"""

from __future__ import annotations

from takhrij.ledger.adding import Added
from takhrij.ledger.answers import Filters, Near
from takhrij.ledger.chain import Head
from takhrij.ledger.due import Due
from takhrij.ledger.ledger import Ledger, open_ledger
from takhrij.ledger.nearby import Nearness
from takhrij.ledger.restore import restore
from takhrij.ledger.reviewing import Actor, Review, Subject
from takhrij.ledger.tracing import Joined, TraceKept
from takhrij.ledger.verify import Report
from takhrij.ledger.views import Views
from takhrij.ledger.writer import Writer

__all__ = [
    "Actor",
    "Added",
    "Due",
    "Filters",
    "Head",
    "Joined",
    "Ledger",
    "Near",
    "Nearness",
    "Report",
    "Review",
    "Subject",
    "TraceKept",
    "Views",
    "Writer",
    "open_ledger",
    "restore",
]
