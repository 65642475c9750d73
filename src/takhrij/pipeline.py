"""The main path: inputs to articles, articles to readings, readings to a trace.

    for reading in read_inputs(["page.html"]):
        ...
    trace = trace_inputs(["folder/"])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from takhrij import pages
from takhrij.attribution import read_attributions
from takhrij.claims import trace as trace_claims
from takhrij.engine import Engine, Failed, run_shards
from takhrij.entities import resolve
from takhrij.errors import DamagedInput, InputError
from takhrij.records import Article, Reading, Trace
from takhrij.stories import find_copies

OnError = Callable[[InputError], None]
#: Articles per shard: enough to pay for sending them to a worker, few enough to lose little with one.
_SHARD = 16


def read_article(article: Article) -> Reading:
    """All that is read in one article: attributions, the parties of their speakers, places, dates, numbers."""
    attributions = read_attributions(article)
    resolved, mentions = resolve(article, attributions)
    return Reading(article, resolved, mentions)


def read_articles(
    articles: Iterable[Article], *, on_error: OnError, workers: int = 1, engine: Engine = "local"
) -> Iterator[Reading]:
    """The readings of ``articles`` in order. An article that cannot be read goes to ``on_error``; the rest is read on."""
    if workers <= 1 and engine == "local":
        for article in articles:
            yield from _results([article], _read_each([article]), on_error)
        return
    sent: list[list[Article]] = []

    def shards() -> Iterator[list[Article]]:
        source = iter(articles)
        while shard := list(islice(source, _SHARD)):
            sent.append(shard)
            yield shard

    for result in run_shards(_read_each, shards(), workers=workers, engine=engine):
        shard = sent.pop(0)
        if isinstance(result, Failed) and len(shard) > 1:  # find the one that did it
            alone = run_shards(_read_each, [[a] for a in shard], workers=workers, engine=engine)
            for article, one in zip(shard, alone, strict=True):
                yield from _results([article], one, on_error)
        else:
            yield from _results(shard, result, on_error)


def read_inputs(
    inputs: Iterable[str | Path], *, on_error: OnError, workers: int = 1, engine: Engine = "local"
) -> Iterator[Reading]:
    """The readings of all articles in ``inputs``."""
    return read_articles(pages.read_inputs(inputs, on_error=on_error), on_error=on_error, workers=workers, engine=engine)


def trace_readings(readings: Sequence[Reading]) -> Trace:
    """What the readings say together: copies and claims."""
    copies = find_copies([r.article for r in readings])
    return Trace(tuple(readings), copies, trace_claims(readings, copies))


def _read_each(articles: list[Article]) -> list[Reading | Failed]:
    out: list[Reading | Failed] = []
    for article in articles:
        try:
            out.append(read_article(article))
        except Exception as error:  # one bad page never stops the rest
            out.append(Failed.by(error))
    return out


def _results(shard: list[Article], result: list[Reading | Failed] | Failed, on_error: OnError) -> Iterator[Reading]:
    """The readings of a shard; what failed in it goes to ``on_error``."""
    each = [result] * len(shard) if isinstance(result, Failed) else result
    for article, one in zip(shard, each, strict=True):
        if isinstance(one, Failed):
            on_error(DamagedInput(article.id, f"could not be read ({one.reason})"))
        else:
            yield one
