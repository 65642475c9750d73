"""Claims: the same proposition across articles, through whom it came, its distinct origins, and who denies it.

::

    views.py, speech.py            a statement as it is compared, from a reading or from a bare sentence
    words.py, stems.py             its words, and keys for their forms
    quantities.py                  its numbers
    lexicon.py, data/              tables: synonyms, antonyms, negators, numbers, cues
    alignment.py, encoder.py       how far one statement stands in another, by words and by meaning
    features.py                    evidence
    forest.py, decide.py           learned trees, and what follows from the evidence
    match.py                       two statements
    units.py, propose.py, join.py  all statements of many articles, to groups
    voices.py, parties.py          who speaks, and which names are one party
    chains.py, origins.py          through whom, and bounds with reasons
    disputes.py, opposition.py     what denies: by a verb, by a formula, by a plain *not*
    refusals.py, denials.py        of which claim, and by whom
    events.py                      what happened to a claim, day by day
    trace.py                       the path through all of these
    touch.py                       which statements new ones may touch
    rulings.py, regroup.py         what people ruled to be one claim or two, and claims built anew for it
    factchecks.py                  published fact-checks that concern a claim
"""

from takhrij.claims.factchecks import FactCheck, FactChecks, Found, from_claim_review
from takhrij.claims.match import MatchResult, match, match_pair, match_readings, match_views
from takhrij.claims.regroup import Material, regroup
from takhrij.claims.trace import Part, trace
from takhrij.claims.views import StatementView

__all__ = [
    "FactCheck", "FactChecks", "Found", "MatchResult", "Material", "Part", "StatementView",
    "from_claim_review", "match", "match_pair", "match_readings", "match_views", "regroup", "trace",
]  # fmt: skip
