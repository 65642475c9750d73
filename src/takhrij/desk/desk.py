"""What the pages draw on: the collection of a ledger that is asked for, and the renderer."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import HTTPException

from takhrij.api.jobs import Jobs
from takhrij.desk.cards import Copies
from takhrij.desk.view import Pages
from takhrij.ledger import Ledger, Views, Writer
from takhrij.ledger.answers import KeptArticle, KeptClaim, OutletRow
from takhrij.lookup import Published
from takhrij.people import visitor
from takhrij.people.visitor import collection_or

_T = TypeVar("_T")
#: Seconds for which what counts a whole collection is not counted again.
_KEPT_S = 60.0
_KEPT_MOST = 200
#: Pages' contents of one state that are kept.
_MADE_MOST = 64


class State:
    """What was made of one state of a collection. Fifty readers of one claim have it made once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen = 0
        self._turn = 0
        self._made: OrderedDict[str, Any] = OrderedDict()

    def get(self, views: Views, name: str, make: Callable[[], _T]) -> _T:
        """What is kept under ``name``, made where it is not there or no longer true."""
        top, changed = views.changed(self._seen)
        with self._lock:
            if changed is not None:
                self._made.clear()
                self._turn += 1
            turn = self._turn
            self._seen = max(self._seen, top)
            if name in self._made:
                self._made.move_to_end(name)
                found: _T = self._made[name]
                return found
        value = make()
        with self._lock:
            if self._turn == turn:  # else it may be of a state that is gone
                self._made[name] = value
                while len(self._made) > _MADE_MOST:
                    self._made.popitem(last=False)
        return value


class Desk:
    """``published`` holds the fact-checks of others that sentences are looked up in; ``jobs`` reads what people give."""

    def __init__(
        self, ledger: Ledger, collection: str, pages: Pages, published: Published | None = None, jobs: Jobs | None = None
    ) -> None:
        self.pages = pages
        self.ledger = ledger
        self.published = published or Published(())
        self.jobs = jobs or Jobs(ledger)
        self._default = collection
        self._copies: dict[str, Copies] = {}
        self._states: dict[str, State] = {}
        self._kept: dict[tuple[str, ...], tuple[float, Any]] = {}

    @property
    def collection(self) -> str:
        """The name of the collection that the visitor asks for and may read."""
        return collection_or(self._default)

    @property
    def views(self) -> Views:
        """The collection itself."""
        return self.ledger.views(self.collection)

    @property
    def copies(self) -> Copies:
        """Its sets of copies."""
        views = self.views
        return self._copies.setdefault(views.collection, Copies(views))

    def writer(self) -> Writer:
        """A writer in the name of who asks, into the collection that is asked for."""
        return self.ledger.writer(visitor().name, self.collection)

    def article(self, name: str) -> KeptArticle:
        """An article with all that is kept of it; where there is none, the request is answered with 404."""
        kept = self.views.article(name)
        if kept is None:
            raise HTTPException(404)
        return kept

    def claim(self, name: str) -> KeptClaim:
        """A claim, current or not; where there is none, the request is answered with 404."""
        kept = self.views.claim(name)
        if kept is None:
            raise HTTPException(404)
        return kept

    def current(self, name: str) -> KeptClaim | None:
        """The claim that ``name`` is or has led to, or None where that is gone too."""
        seen: set[str] = set()
        while name not in seen and (kept := self.views.claim(name)) is not None:
            if kept.current:
                return kept
            seen.add(name)
            name = kept.gone_to or ""
        return None

    def now(self, name: str, make: Callable[[], _T]) -> _T:
        """What ``make`` gives of the claims as they are now: kept until anything but new articles has come."""
        views = self.views
        state = self._states.setdefault(views.collection, State())
        return state.get(views, name, make)

    def outlets(self) -> tuple[OutletRow, ...]:
        """The outlets of the collection, counted anew once a minute."""
        return self.kept("outlets", self.views.outlets)

    def kept(self, name: str, make: Callable[[], _T]) -> _T:
        """What ``make`` gives, made anew once a minute: for what counts all of a collection."""
        key = (self.collection, name)
        at, value = self._kept.get(key, (-_KEPT_S, None))
        if time.monotonic() - at > _KEPT_S or at < 0:
            value = make()
            if len(self._kept) >= _KEPT_MOST:
                self._kept.clear()
            self._kept[key] = (time.monotonic(), value)
        found: _T = value
        return found
