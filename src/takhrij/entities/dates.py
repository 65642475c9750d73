"""Days named in a text, as closed intervals of ISO days, told by the words and by the day of publication.

A stated weekday beats the day of publication: where a text dated to a Friday says ``اليوم الخميس``, its today is the Thursday.
Where the two lie too far apart to be one edition, the text has no known today. Words said yesterday and quoted count their days
from yesterday.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from takhrij.entities.calendars import DAY, Stretch, one_day, week, weekday_after, weekday_before, words
from takhrij.entities.daywords import DayReader, relative_day
from takhrij.entities.lexicon import bare_forms
from takhrij.records import DateMention
from takhrij.text.tokens import Tokens, tokenize

#: How far a stated weekday may move the article's today from the day of publication, in days, either way.
_DRIFT = 2
#: How long before the article's today quoted words may have been said, in days.
_SAID = 3
#: Marks that may stand between ``اليوم`` and its weekday.
_OFFSETS = {"اليوم": 0, "الليله": 0, "امس": -1, "الامس": -1, "البارحه": -1, "غدا": 1, "غد": 1, "الغد": 1}
_TWO_AWAY = frozenset({("بعد", "غد"), ("بعد", "غدا"), ("من", "امس"), ("اول", "امس")})
_BETWEEN = frozenset("،,(\"«“'-–ـ.:")


def find_dates(text: str, published: str | None = None, *, tokens: Tokens | None = None) -> tuple[DateMention, ...]:
    """The days, weeks, months and years named in ``text``, in order.

    ``published`` is the article's ISO day (a time after it is ignored); without it only expressions that hold their
    own year are found. ``tokens`` are those of ``text``, where they are made already.
    """
    tokens = tokens or tokenize(text)
    day = _parse(published)
    reader = DayReader(tokens, _today(tokens, day) if day else None)
    speech = _Speech(tokens, reader.today)
    found: list[DateMention] = []
    i, forms = 0, tokens.forms
    while i < len(forms):
        hit, cut = None, 0
        reader.today = speech.today(i, found[-1] if found else None)
        for taken, rest in _leads(forms[i]):
            hit, cut = reader.read(i, rest), taken
            if hit:
                break
        if hit is None:
            i += 1
            continue
        n, stretch = hit
        joined = _range_end(reader, i, i + n, stretch)
        if joined:
            n, stretch = joined[0] - i, joined[1]
        span = tokens.span(i, i + n - 1)
        span = span._replace(start=span.start + (cut if tokens.text[span.start : span.start + cut].isalpha() else 0))
        found.append(DateMention(span, stretch.start.isoformat(), stretch.end.isoformat(), stretch.precision))
        i += n
    return tuple(found)


def _range_end(reader: DayReader, i: int, j: int, first: Stretch) -> tuple[int, Stretch] | None:
    """``من 28 يوليو إلى 3 أغسطس``: one stretch, where a second day follows the first at token ``j``."""
    if (
        first.precision != "day"
        or reader.form(i - 1) not in {"من", "بين", "الفتره"}
        or reader.form(j) not in {"الي", "حتي", "و", "وحتي"}
    ):
        return None
    other = reader.read(j + 1, reader.form(j + 1)) if reader.form(j + 1) else None
    if other is None or other[1].precision != "day" or other[1].end <= first.start:
        return None
    return j + 1 + other[0], Stretch(first.start, other[1].end)


def _parse(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _today(tokens: Tokens, published: date) -> date | None:
    """The day that the text calls today: the publication's, unless a weekday beside ``اليوم`` or ``أمس`` says another.

    None where that is no day near the publication: the text is older or younger than its date.
    """
    forms = tokens.forms
    for i, form in enumerate(forms):
        offset = _OFFSETS.get(form)
        if offset is None:
            continue
        j = i + 1
        if form == "امس" and forms[j : j + 1] == ["الاول"]:
            offset, j = -2, j + 1
        elif i and (forms[i - 1], form) in _TWO_AWAY:
            offset *= 2
        weekday = _weekday_near(forms, i, j)
        if weekday is None:
            continue
        meant = published + DAY * offset
        near = (weekday_before(meant, weekday, today=True), weekday_after(meant, weekday, today=True))
        day = min(near, key=lambda one: (abs(one - meant), one))
        return day - DAY * offset if abs((day - meant).days) <= _DRIFT else None
    return published


class _Speech:
    """What quoted words call today: the day on which they were said, where their introduction names one.

    ``في مؤتمر صحفي أمس: سنلعب غدا``: his tomorrow is the day of publication. Reported speech (``: إن ...``) is told in the
    paper's own days.
    """

    def __init__(self, tokens: Tokens, today: date | None) -> None:
        self._tokens, self._today, self._said = tokens, today, today
        self._closes = ""

    def today(self, i: int, last: DateMention | None) -> date | None:
        """The today of token ``i``, asked in order; ``last`` is the date found last."""
        forms, text = self._tokens.forms, self._tokens.text
        if self._said != self._today and ("\n" in text[self._tokens.ends[i - 1] : self._tokens.starts[i]] or self._ends(i)):
            self._said = self._today
        if self._today is None or last is None or forms[i] != ":" or last.precision != "day" or last.start != last.end:
            return self._said
        between = text[last.span.end : self._tokens.starts[i]]
        day = date.fromisoformat(last.start)
        reported = i + 1 < len(forms) and forms[i + 1] in {"ان", "انه", "انها", "انهم"}
        if not set(between) & set(".؟!؛\n:") and 0 < (self._today - day).days <= _SAID and not reported:
            self._said = day
            self._closes = "»" if forms[i + 1 : i + 2] == ["«"] else ""
        return self._said

    def _ends(self, i: int) -> bool:
        return bool(self._closes) and i > 0 and self._tokens.forms[i - 1] == self._closes


def _weekday_near(forms: list[str], i: int, j: int) -> int | None:
    """The weekday right after token ``j``, marks passed over, or right before token ``i``: ``الخميس (أمس)``."""
    while j < len(forms) and (forms[j] in _BETWEEN or forms[j] in {"يوم", "الموافق"}):
        j += 1
    hit = words().match(forms, j) if j < len(forms) else None
    if hit and hit[1][0].kind == "weekday":
        return hit[1][0].value
    k = i - 1 - (i > 0 and forms[i - 1] == "(")
    hit = words().match(forms, k) if k >= 0 else None
    return hit[1][0].value if hit and hit[1][0].kind == "weekday" else None


@lru_cache(maxsize=1 << 15)
def _leads(form: str) -> tuple[tuple[int, str], ...]:
    """The ways to read a token as the first of an expression of time: (letters of a clitic, the rest)."""
    if form[-1:].isdigit() and (form[0].isdigit() or form.startswith("ال")):
        return ((0, form),)
    starters = _starters()
    if form in starters:
        return ((0, form),)
    return tuple((cut, rest) for _, cut, rest in bare_forms(form) if cut and rest in starters)


@cache
def _starters() -> frozenset[str]:
    """First words of any expression of time."""
    return frozenset(words().first_words()) | relative_day.keys() | DayReader.OPENERS


__all__ = ["Stretch", "find_dates", "one_day", "week"]
