"""Places that the gazetteer lacks, told by the class word before them: ``قرية السنديان``, ``مستشفى الرحمة``.

Their point is that of the nearest place named in the same line, at a low confidence.
"""

from __future__ import annotations

from typing import cast

from takhrij.entities.ministries import ministries
from takhrij.entities.placewords import BARE, KEPT, OPENERS, given_names, place_words, word_class
from takhrij.entities.scan import Scan
from takhrij.entities.setting import Setting
from takhrij.entities.wordsets import wordset
from takhrij.records import PlaceKind, PlaceMention, Span

#: Class words that are so often followed by something else that only a definite name after a preposition counts.
_LOOSE = wordset("loose class of place")
#: After these a name without article is believed too.
_FIRM = wordset("firm class of place")
_CONFIDENCE = 0.55


def new_places(found: Scan, where: Setting, known: list[tuple[int, int, PlaceMention]]) -> list[PlaceMention]:
    """Mentions after class words at which nothing of ``known`` (first and last token, mention) stands."""
    taken = {i for first, last, _ in known for i in range(first, last + 1)}
    forms = found.tokens.forms
    out: list[PlaceMention] = []
    for i in range(len(forms) - 1):
        if i in taken:
            continue
        kind, clitic = word_class(forms[i])
        if kind not in KEPT | BARE:
            continue
        last = _name_after(found, i, forms[i][len(clitic) :], clitic, taken)
        if last is None:
            continue
        first = i if kind in KEPT else i + 1
        while not forms[first].isalnum():
            first += 1
        anchor = _nearest(found, known, first)
        span = Span(found.tokens.starts[first] + (len(clitic) if first == i else 0), found.tokens.ends[last])
        name = span.of(found.tokens.text)
        out.append(
            PlaceMention(
                span, name, cast(PlaceKind, kind), anchor.country if anchor else where.country,
                anchor.lat if anchor and kind != "region" else None, anchor.lon if anchor and kind != "region" else None,
                _CONFIDENCE, f"not in the gazetteer; after the class word {found.tokens.word(i)}",
            )
        )  # fmt: skip
        taken.update(range(i, last + 1))
    return out


def _name_after(found: Scan, i: int, word: str, clitic: str, taken: set[int]) -> int | None:
    """The last token of the name after the class word at ``i``, or None where no name follows."""
    forms, tokens = found.tokens.forms, found.tokens
    j = i + 1
    if forms[j] in {'"', "«", "“", "'"} and j + 1 < len(forms):
        j += 1
    if j in taken or not forms[j].isalpha() or "\n" in tokens.text[tokens.ends[i] : tokens.starts[j]] or len(forms[j]) < 3:
        return None
    form, words = forms[j], place_words()
    if (
        (words.get(form) and form not in OPENERS)
        or form in ministries()
        or j in found.adjectives
        or (form.endswith(("ون", "يين")) and word not in _FIRM)
    ):
        return None
    definite = tokens.word(j).startswith("ال") and len(form) > 4
    opener = form in OPENERS
    if word in _LOOSE and not (definite and (clitic[-1:] == "ب" or (i and words.get(forms[i - 1]) == "prep"))):
        return None
    if definite and form.endswith(("يه", "ي")) and word not in _FIRM and form.removeprefix("ال") not in given_names():
        return None  # an adjective: القاعدة الجوية، المستشفى العسكري
    if not definite and not opener and (word not in _FIRM or form.endswith(("ه", "ي", "ا"))):
        return None
    if not opener or j + 1 >= len(forms) or not forms[j + 1].isalpha():
        return j if not opener else None
    last = j + 1
    if last + 1 < len(forms) and forms[last] in {"عبد", "بن", "ابو", "محمد"} and forms[last + 1].isalpha():
        last += 1
    return None if last in taken else last


def _nearest(found: Scan, known: list[tuple[int, int, PlaceMention]], i: int) -> PlaceMention | None:
    """The mention with a point that stands nearest to token ``i``, settlements before regions, in the same line if any."""
    best: tuple[tuple[bool, bool, int], PlaceMention] | None = None
    for first, last, mention in known:
        if mention.lat is None or mention.place_kind == "country":
            continue
        low, high = (last, i) if last < i else (i, first)
        other_line = "\n" in found.tokens.text[found.tokens.ends[low] : found.tokens.starts[high]]
        rank = (other_line, mention.place_kind != "settlement", high - low)
        if best is None or rank < best[0]:
            best = (rank, mention)
    return best[1] if best else None
