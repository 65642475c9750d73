"""Every error that takhrij raises on purpose, in one tree.

::

    TakhrijError                 carries one plain line for the user: what is wrong, and the mend
    ├── UsageError               the call itself is wrong                           (exit 2)
    ├── InputError               one input cannot be read; the others go on         (exit 1)
    │   ├── EmptyInput           nothing in it
    │   ├── NotText              binary, or a charset that cannot be told
    │   ├── UnsupportedInput     a known kind that is not handled (PDF, ...)
    │   ├── DamagedInput         truncated or malformed (gzip, WARC, JSON, ...)
    │   ├── TooLarge             over a bound on bytes, depth, records or time
    │   └── FetchError           an address that may not or cannot be fetched
    ├── SpanError                a span does not fit the text it points into
    ├── DataError                a table of the user's (actors, places, cues) is malformed
    ├── LedgerError              the store refuses or fails
    │   ├── LedgerBusy           another process holds it: try again
    │   ├── LedgerDamaged        verify found an altered, missing or torn entry
    │   └── LedgerVersion        written by a newer takhrij, or not a ledger
    └── EngineError              a worker died or a shard failed for good

Messages are single lines, say which input they concern, and never hold a traceback.
"""

from __future__ import annotations


class TakhrijError(Exception):
    """The root of the tree. ``str(error)`` is one line fit to show to a user."""

    exit_code = 2


class UsageError(TakhrijError):
    """The call is wrong: an unknown option value, nothing to read, two options that exclude each other."""


class InputError(TakhrijError):
    """One input cannot be read. ``name`` is the input as the user gave it, ``reason`` says why and how to mend it."""

    exit_code = 1

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class EmptyInput(InputError):
    """The input holds nothing."""


class NotText(InputError):
    """The input is binary, or its charset cannot be told."""


class UnsupportedInput(InputError):
    """The kind of input is known and not handled."""


class DamagedInput(InputError):
    """The input is truncated or malformed."""


class TooLarge(InputError):
    """The input passes a bound on bytes, depth, records or time."""


class FetchError(InputError):
    """An address may not be fetched, or the fetch failed."""


class SpanError(TakhrijError):
    """A span does not fit the text that it points into. Spans are never re-anchored by guessing."""


class DataError(TakhrijError):
    """A data file (actors, places, cues) is malformed; the message names the file and the line."""


class LedgerError(TakhrijError):
    """The ledger refuses or fails."""


class LedgerBusy(LedgerError):
    """Another process holds the ledger; trying again later is safe."""


class LedgerDamaged(LedgerError):
    """An entry or a piece of evidence was altered, lost or torn."""

    exit_code = 1


class LedgerVersion(LedgerError):
    """The ledger was written by a newer version, or the file is no ledger."""


class EngineError(TakhrijError):
    """A worker died or a shard failed for good."""
