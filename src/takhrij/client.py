"""A thin client of the API of a desk, here or elsewhere.

with Client("https://desk.example.org", token="...") as desk:
    for claim in desk.claims("الجسر"):
        print(claim.text, claim.origins.min, claim.origins.max)

Answers are the records that the API describes (:mod:`takhrij.api.models`, :mod:`takhrij.api.fact_models`). What was had before
is asked for by its entity tag and not sent again; where the desk asks to wait, the client waits.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from types import TracebackType
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel

from takhrij.api import fact_models, models
from takhrij.errors import LedgerBusy, LedgerError, TakhrijError, UsageError

_M = TypeVar("_M", bound=BaseModel)
#: Seconds for one answer, seconds that the client waits at the desk's wish, and answers that it remembers, at most.
_WITHIN_S, _PATIENT_S, _REMEMBERED = 60.0, 30.0, 100


class Client:
    """The API at ``base``. ``token`` is one of an account's, needed where the desk has a login, and for all that
    changes something; ``language`` (``ar``, ``en``) is that of its refusals.

    Every method raises :class:`UsageError` for what the desk refuses or does not have, :class:`LedgerBusy` where another
    process is writing, :class:`LedgerError` where the desk cannot be reached or fails.
    """

    def __init__(
        self,
        base: str = "http://127.0.0.1:8765",
        token: str | None = None,
        language: str = "en",
        http: httpx.Client | None = None,
    ) -> None:
        headers = {"accept-language": language} | ({"authorization": f"Bearer {token}"} if token else {})
        self._http = http or httpx.Client(base_url=base, timeout=_WITHIN_S)
        self._http.headers.update(headers)
        self._known: OrderedDict[str, tuple[str, bytes]] = OrderedDict()

    def articles(self) -> Iterator[models.ReadingOut]:
        """All articles with their attributions, in the order in which they were added."""
        for page in self._pages("/api/articles", models.Articles):
            yield from page.articles

    def article(self, article_id: str) -> models.ArticleOut:
        """One article whole."""
        return self._get("/api/article", models.ArticleOut, id=article_id)

    def search(self, query: str = "", **filters: str) -> Iterator[models.HitOut]:
        """Articles by words and facts: ``outlet``, ``speaker``, ``party``, ``act``, ``kind``, ``after``, ``before``,
        ``place``."""
        for page in self._pages("/api/search", models.Hits, q=query, **filters):
            yield from page.hits

    def attributions(self, query: str = "", actor: str | None = None, **filters: str) -> Iterator[fact_models.Said]:
        """Who is said to have said what, in the articles that a search finds."""
        for page in self._pages("/api/attributions", fact_models.Attributions, q=query, actor=actor, **filters):
            yield from page.attributions

    def claims(self, query: str = "", **filters: Any) -> Iterator[models.ClaimOut]:
        """Claims, those in most articles first: ``article``, ``outlets``, ``origins``, ``denied``, ``unattributed``,
        ``reviewed``."""
        for page in self._pages("/api/claims", models.Claims, q=query, **filters):
            yield from page.claims

    def claim(self, claim_id: str) -> models.ClaimOut:
        """One claim whole."""
        return self._get("/api/claim", models.ClaimOut, id=claim_id)

    def chains(self, claim_id: str) -> list[fact_models.Way]:
        """The ways of a claim."""
        return self._get("/api/chains", fact_models.Ways, claim=claim_id).chains

    def copies(self, article_id: str | None = None) -> Iterator[models.CopyOut]:
        """Sets of copies: all of them, or those that hold an article."""
        for page in self._pages("/api/copies", fact_models.Copies, article=article_id):
            yield from page.copies

    def actors(self, most: int = 100) -> list[models.Actor]:
        """Who is attributed something, the most often named first."""
        return self._get("/api/actors", models.Actors, limit=most).actors

    def actor(self, actor_id: str) -> models.Actor:
        """One actor."""
        return self._get("/api/actor", models.Actor, id=actor_id)

    def outlets(self) -> list[models.Outlet]:
        """The outlets, those with most articles first."""
        return self._get("/api/outlets", models.Outlets).outlets

    def places(self, name: str | None = None) -> list[fact_models.Place]:
        """The places that articles name, or those of one name."""
        return self._get("/api/places", fact_models.Places, name=name).places

    def check(self, sentence: str, date: str | None = None) -> fact_models.Check:
        """What the desk has on a sentence: claims that say it or the contrary, published fact-checks."""
        return self._get("/api/check", fact_models.Check, q=sentence, date=date)

    def reviews(self) -> Iterator[fact_models.Reviewed]:
        """What people found."""
        for page in self._pages("/api/reviews", fact_models.Reviews):
            yield from page.reviews

    def read(self, text: str, date: str | None = None, outlet: str | None = None) -> models.ReadingOut:
        """Read a text; nothing of it is kept."""
        answer = self._sent("POST", "/api/read", json={"text": text, "date": date, "outlet": outlet})
        return models.ReadingOut.model_validate_json(answer.content)

    def add(self, address: str) -> fact_models.JobOut:
        """Have an address read and preserved; the job that does it."""
        answer = self._sent("POST", "/api/jobs", json={"address": address})
        return fact_models.JobOut.model_validate_json(answer.content)

    def job(self, job_id: str) -> fact_models.JobOut:
        """How far a job is."""
        return self._get("/api/job", fact_models.JobOut, id=job_id)

    def verdict(self, claim_id: str, verdict: str, reason: str = "", links: tuple[str, ...] = ()) -> int:
        """Give a verdict on a claim; its number."""
        given = {"claim": claim_id, "verdict": verdict, "reason": reason, "links": list(links)}
        return int(self._sent("POST", "/api/verdict", json=given).json()["number"])

    def export(self, form: str = "jsonl") -> Iterator[str]:
        """The lines of a whole collection as they come: ``jsonl``, ``annotations``, ``attributions.csv``, ``places.csv``,
        ``claims.jsonl``."""
        try:
            with self._http.stream("GET", "/api/export", params={"format": form}) as answer:
                if answer.status_code != 200:
                    answer.read()
                    raise _refused(answer)
                yield from answer.iter_lines()
        except httpx.HTTPError as error:
            raise LedgerError(f"{self._http.base_url}: {error or type(error).__name__}") from None

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _get(self, path: str, model: type[_M], **asked: Any) -> _M:
        url = str(httpx.URL(path, params={name: value for name, value in asked.items() if value not in (None, "")}))
        known = self._known.get(url)
        answer = self._sent("GET", url, headers={"if-none-match": known[0]} if known else {})
        content = known[1] if known and answer.status_code == 304 else answer.content
        if tag := answer.headers.get("etag"):
            self._known[url] = (tag, content)
            self._known.move_to_end(url)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return model.model_validate_json(content)

    def _pages(self, path: str, model: type[_M], **asked: Any) -> Iterator[_M]:
        cursor: str | None = None
        while True:
            page = self._get(path, model, cursor=cursor, **asked)
            yield page
            cursor = getattr(page, "next", None)
            if cursor is None:
                return

    def _sent(self, method: str, url: str, **given: Any) -> httpx.Response:
        try:
            answer = self._http.request(method, url, **given)
            wait = answer.headers.get("retry-after", "")
            if answer.status_code == 429 and wait.isdecimal() and int(wait) <= _PATIENT_S:
                time.sleep(int(wait))
                answer = self._http.request(method, url, **given)
        except httpx.HTTPError as error:
            raise LedgerError(f"{self._http.base_url}: {error or type(error).__name__}") from None
        if answer.status_code == 304 or answer.is_success:
            return answer
        raise _refused(answer)


def _refused(answer: httpx.Response) -> TakhrijError:
    try:
        problem = models.Problem.model_validate_json(answer.content)
        line = f"{problem.title}: {problem.reason or problem.detail}"
    except ValueError:
        line = f"the desk answers with status {answer.status_code}"
    if answer.status_code == 503:
        return LedgerBusy(line)
    return UsageError(line) if answer.status_code < 500 else LedgerError(line)
