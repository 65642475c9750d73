"""Proclitics: the little words that Arabic writes onto the front of the next one (and, so, by, to, like, the, will)."""

from __future__ import annotations

from collections.abc import Iterator

#: What may be written before a noun, longest first: conjunction, preposition, article, in that order.
NOUN_PROCLITICS = (
    "وبال", "فبال", "وكال", "فكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال",
    "وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ل", "ك",
)  # fmt: skip
#: What may be written before a verb: conjunction, future, emphasis.
VERB_PROCLITICS = ("وس", "فس", "ول", "فل", "و", "ف", "س", "ل")


def bare(form: str, proclitics: tuple[str, ...], shortest: int = 2) -> Iterator[tuple[str, str]]:
    """Each way to take ``form`` (folded) apart as (proclitic, rest), the whole word first, rests of ``shortest``
    letters at least.

    >>> [rest for _, rest in bare("والوزاره", NOUN_PROCLITICS)]
    ['والوزاره', 'وزاره', 'الوزاره']
    """
    yield "", form
    for clitic in proclitics:
        if form.startswith(clitic) and len(form) - len(clitic) >= shortest:
            yield clitic, form[len(clitic) :]
