"""The work of people as it leaves the desk: verdicts for the formats of fact-checking, corrected articles as gold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from takhrij.exchange.verdicts import Verdict, in_words, shown_name, without_links
from takhrij.records import Reading
from takhrij.text.fold import fold

if TYPE_CHECKING:
    from takhrij.ledger import Views
    from takhrij.ledger.answers import KeptClaim

#: The verdict on an article by which a person says that every attribution in it was looked at.
CHECKED = "checked"


def verdicts_on(views: Views, kept: KeptClaim) -> Iterator[Verdict]:
    """What people found of a claim: the last word of each. Notes are no verdicts and stay with the team."""
    said = {review.who: review for review in kept.reviews if review.verdict}
    if not said:
        return
    carriers = views.articles_by_id(report.article for report in kept.claim.reports)
    addresses = tuple(article.url for article in carriers.values() if article.url)
    for review in said.values():
        reason, links = without_links(review.note)
        yield Verdict(
            claim=kept.claim.id,
            text=kept.claim.text,
            rating=in_words(review.verdict),
            author=shown_name(review.who),
            summary=reason,
            date=review.at[:10],
            claimant=next((s.party for s in kept.claim.statements if s.party), None),
            appearances=addresses,
            links=links,
        )


def gold_rows(views: Views) -> Iterator[dict[str, Any]]:
    """The articles that people have set right, or looked through whole, as rows of gold; see ``docs/reference/formats.md``.

    ``checked`` says whether somebody has looked at every attribution of the article as it is now; of the others, only what
    was corrected is known to be right.
    """
    fixed = {edit.subject for edit in views.edits("fix") if edit.undone is None}
    looked_at = {review.subject.id for review in views.reviews() if review.subject.kind == "article"}
    for name in sorted(fixed | looked_at):
        kept = views.article(name)
        if kept is None:
            continue
        # The last word counts, so that a check taken back is none; one of another text is none either.
        last = [review for review in kept.reviews if review.subject.kind == "article" and review.verdict]
        checked = bool(last) and last[-1].verdict == CHECKED and not last[-1].stale
        if name in fixed or checked:
            yield gold_row(kept.reading, checked)


def gold_row(reading: Reading, checked: bool) -> dict[str, Any]:
    """One article as a row of gold: speakers are entities, each with the names that the article has for it, fullest first."""
    article = reading.article
    names: dict[str, list[str]] = {}
    for a in reading.attributions:
        if a.speaker:
            known = names.setdefault(a.speaker, [a.speaker])
            said = a.source.of(article.text) if a.source else a.speaker
            if said not in known and _words(said) & _words(a.speaker):
                known.append(said)
    ids = {speaker: f"E{number}" for number, speaker in enumerate(names, 1)}
    rows = [
        {
            "cue": list(a.cue), "act": a.act, "speaker": ids.get(a.speaker or ""), "content": [list(c) for c in a.content],
            "source": list(a.source) if a.source else None, "target": list(a.target) if a.target else None,
            "medium": list(a.medium) if a.medium else None,
        }
        for a in reading.attributions
    ]  # fmt: skip
    return {
        "id": article.id, "outlet": article.outlet, "date": article.date, "url": article.url, "text": article.text,
        "entities": {ids[speaker]: known for speaker, known in names.items()}, "attributions": rows, "checked": checked,
    }  # fmt: skip


def _words(name: str) -> set[str]:
    """The words of a name as they are compared. A source that shares none with the speaker set right is not that speaker."""
    return {word.removeprefix("ال") for word in fold(name).split()}
