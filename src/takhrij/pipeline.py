"""The main path: inputs to articles, articles to readings, readings to a trace, and all of it into a ledger.

for reading in read_inputs(["page.html"], on_error=print):
    ...
trace = trace_readings(list(read_inputs(["folder/"], on_error=print)))
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from takhrij import pages
from takhrij.attribution import read_attributions
from takhrij.claims import trace as trace_claims
from takhrij.corrections import Ruling
from takhrij.engine import Engine, Failed, run_shards
from takhrij.entities import resolve
from takhrij.entities.actors import Actors, actors
from takhrij.entities.gazetteer import Gazetteer, gazetteer
from takhrij.errors import DamagedInput, InputError
from takhrij.records import Article, Page, Reading, Trace
from takhrij.stories import find_copies
from takhrij.version import __version__

if TYPE_CHECKING:
    from takhrij.ledger import TraceKept, Views, Writer

OnError = Callable[[InputError], None]
#: Articles per shard: enough to pay for sending them to a worker, few enough to lose little with one.
_SHARD = 16
#: Given pages from this size in bytes on are parsed in a child process, which may be killed; fetched ones always.
_BIG_PAGE = 1 << 20


@dataclass(frozen=True, slots=True)
class Tables:
    """The user's own tables of actors and places, which come before the built-in ones."""

    actors: tuple[Path, ...] = ()
    places: tuple[Path, ...] = ()

    def load(self) -> tuple[Actors, Gazetteer]:
        """The tables read, once per process. Raises :class:`~takhrij.errors.DataError` for a malformed one."""
        return _loaded(self)

    @property
    def extractor(self) -> str:
        """The name of what reads with these tables: another table is another reader of the same article."""
        if not self.actors and not self.places:
            return f"takhrij {__version__}"
        content = b"\x00".join(path.read_bytes() for path in (*self.actors, *self.places))
        return f"takhrij {__version__} with tables {hashlib.sha256(content).hexdigest()[:12]}"


BUILT_IN = Tables()


@cache
def _loaded(tables: Tables) -> tuple[Actors, Gazetteer]:
    return (
        Actors(tables.actors) if tables.actors else actors(),
        Gazetteer(tables.places) if tables.places else gazetteer(),
    )


def read_article(article: Article, tables: Tables = BUILT_IN) -> Reading:
    """All that is read in one article: attributions, the parties of their speakers, places, dates, numbers."""
    attributions = read_attributions(article)
    known, names = tables.load()
    resolved, mentions = resolve(article, attributions, known=known, names=names)
    return Reading(article, resolved, mentions)


def read_articles(
    articles: Iterable[Article],
    *,
    on_error: OnError,
    workers: int = 1,
    engine: Engine = "local",
    tables: Tables = BUILT_IN,
) -> Iterator[Reading]:
    """The readings of ``articles`` in order. An article that cannot be read goes to ``on_error``; the rest is read on.

    Raises :class:`~takhrij.errors.DataError` for a malformed table.
    """
    if tables != BUILT_IN:
        tables.load()  # a malformed one is said before anything is read
    read_each = partial(_read_each, tables=tables)
    if workers <= 1 and engine == "local":
        for article in articles:
            yield from _results([article], read_each([article]), on_error)
        return
    sent: list[list[Article]] = []

    def shards() -> Iterator[list[Article]]:
        source = iter(articles)
        while shard := list(islice(source, _SHARD)):
            sent.append(shard)
            yield shard

    for result in run_shards(read_each, shards(), workers=workers, engine=engine):
        shard = sent.pop(0)
        if isinstance(result, Failed) and len(shard) > 1:  # find the one that did it
            alone = run_shards(read_each, [[a] for a in shard], workers=workers, engine=engine)
            for article, one in zip(shard, alone, strict=True):
                yield from _results([article], one, on_error)
        else:
            yield from _results(shard, result, on_error)


def read_inputs(
    inputs: Iterable[str | Path],
    *,
    on_error: OnError,
    workers: int = 1,
    engine: Engine = "local",
    tables: Tables = BUILT_IN,
) -> Iterator[Reading]:
    """The readings of all articles in ``inputs``."""
    articles = (article for _, article in find_pages(inputs, on_error=on_error))
    return read_articles(articles, on_error=on_error, workers=workers, engine=engine, tables=tables)


def find_pages(inputs: Iterable[str | Path], *, on_error: OnError) -> Iterator[tuple[Page, Article]]:
    """The pages of ``inputs`` with their articles. Addresses are fetched politely; pages that were fetched, and big ones, are
    parsed in a child process."""
    with ExitStack() as stack:
        fetch, extract = partial(_fetched, stack, []), partial(_extracted, stack, [])
        yield from pages.read_with_pages(inputs, on_error=on_error, fetch=fetch, extract=extract)


def read_pages(
    found: Iterable[tuple[Page, Article]],
    *,
    on_error: OnError,
    workers: int = 1,
    engine: Engine = "local",
    tables: Tables = BUILT_IN,
) -> Iterator[tuple[Reading, Page]]:
    """The readings of the articles in ``found``, in order, each with its page. Article ids must differ."""
    waiting: dict[str, Page] = {}

    def articles() -> Iterator[Article]:
        for page, article in found:
            waiting[article.id] = page
            yield article

    def failed(error: InputError) -> None:
        waiting.pop(error.name, None)
        on_error(error)

    for reading in read_articles(articles(), on_error=failed, workers=workers, engine=engine, tables=tables):
        yield reading, waiting.pop(reading.article.id)


def trace_readings(readings: Sequence[Reading], rulings: Sequence[Ruling] = ()) -> Trace:
    """What the readings say together: copies and claims, the latter as people have ruled where they have."""
    copies = find_copies([r.article for r in readings])
    return Trace(tuple(readings), copies, trace_claims(readings, copies, rulings))


def not_kept(found: Iterable[tuple[Page, Article]], writer: Writer, views: Views) -> Iterator[tuple[Page, Article]]:
    """Those of ``found`` that the ledger does not hold yet, or that another reader read: what is left after a break."""
    for page, article in found:
        if not (writer.has_page(page.sha256) and _newest(views, article.id) == article):
            yield page, article


def retrace(writer: Writer, views: Views) -> TraceKept:
    """Trace all articles of a collection together and keep the claims."""
    return writer.put_trace(trace_readings(list(views.readings()), views.rulings()))


def _newest(views: Views, article_id: str) -> Article | None:
    newest, number = None, 1
    while (version := views.version(article_id, number)) is not None:
        newest, number = version, number + 1
    return newest


def _fetched(stack: ExitStack, made: list[Callable[[str], Page]], url: str) -> Page:
    """The page at ``url``, by a fetcher that is made when the first address comes."""
    if not made:
        from takhrij.pages.fetch import Fetcher

        made.append(stack.enter_context(Fetcher()))
    return made[0](url)


def _extracted(stack: ExitStack, made: list[Callable[[Page], Article]], page: Page) -> Article:
    """The article of ``page``; of a fetched or a big one in a child process, made when the first one comes."""
    if len(page.body) < _BIG_PAGE and page.final_url is None:
        return pages.article_from_bytes(page)
    if not made:
        from takhrij.pages.extractor import Extractor

        made.append(stack.enter_context(Extractor()))
    return made[0](page)


def _read_each(articles: list[Article], tables: Tables) -> list[Reading | Failed]:
    out: list[Reading | Failed] = []
    for article in articles:
        try:
            out.append(read_article(article, tables))
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
