"""From articles to sets of copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from takhrij.records import Article, CopySet
from takhrij.stories.bodies import body
from takhrij.stories.candidates import candidates
from takhrij.stories.order import first_of
from takhrij.stories.overlap import containment, runs
from takhrij.stories.sets import cliques

#: Share of the shorter body that must stand in the longer one: "mostly", with room for an editor's touches.
COPIED = 0.55
#: Bodies of fewer words are captions and flashes, alike by nature.
SHORTEST = 20


def find_copies(articles: Sequence[Article], known: Iterable[CopySet] = ()) -> tuple[CopySet, ...]:
    """The sets of articles whose bodies are mostly one underlying text, in order of their ids.

    Two articles are copies where more than half the words of the shorter body lie in runs of three words that the longer
    body has too; so an excerpt, a cut and an extended wire text count. Sets may overlap. Order of input does not matter;
    of articles with one id the first is taken. Two that stand in one set of ``known`` are compared whatever the candidates
    are, so that none of these is missed by chance.
    """
    by_id = {article.id: article for article in reversed(articles)}
    bodies = runs([body(by_id[key]) for key in sorted(by_id)])
    at = {one.id: i for i, one in enumerate(bodies)}
    before = {pair for copy in known for pair in combinations(sorted(at[key] for key in copy.ids if key in at), 2)}
    pairs = [
        (bodies[i].id, bodies[j].id)
        for i, j in sorted(candidates(bodies) | before)
        if min(bodies[i].words, bodies[j].words) >= SHORTEST and containment(bodies[i], bodies[j]) >= COPIED
    ]
    sets = []
    for ids in cliques(pairs):
        first, why = first_of([by_id[key] for key in ids])
        sets.append(CopySet(ids, first, why))
    return tuple(sets)
