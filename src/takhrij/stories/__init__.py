"""Copies: articles whose bodies are mostly one underlying text, and who printed it first where that can be told.

::

    bodies.py      the words of a body: headline, credit lines, datelines and page furniture left out
    candidates.py  pairs worth comparing: MinHash for likeness, rare word runs for one text inside another
    overlap.py     how much of one body stands in the other, word by word
    sets.py        pairs to sets, which may overlap
    order.py       which of a set came first, and by what that is known
    copies.py      the path through all of these
"""

from takhrij.stories.copies import find_copies

__all__ = ["find_copies"]
