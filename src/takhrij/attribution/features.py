"""Tokens as the small network sees them: hashed pieces of the folded form, never a word list.

A form is described by six rows of embedding tables: two hashes of the whole form (Bloom embeddings, Serrà and
Karatzoglou 2017), its stem without proclitics, its first three, last two and last three letters. Hashing keeps the shipped
model free of vocabulary.
"""

from __future__ import annotations

from zlib import crc32

WORD_ROWS, STEM_ROWS, AFFIX_ROWS = 32768, 16384, 4096

#: Conjunction, preposition and article in the order they are written; taken off for the stem, longest first.
_PROCLITICS = ("وبال", "فبال", "وكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل")
_DIGITS = str.maketrans("123456789", "000000000")


def stem(form: str) -> str:
    """``form`` (folded) without its longest run of proclitics, three letters left at least."""
    for clitic in _PROCLITICS:
        if form.startswith(clitic) and len(form) - len(clitic) >= 3:
            return form[len(clitic) :]
    return form


def pieces(form: str) -> tuple[int, int, int, int, int, int]:
    """The rows of the word table (two), the stem table and the affix table (three) that describe a folded form."""
    shape = form.translate(_DIGITS)
    word = shape.encode("utf-8", "surrogatepass")
    return (
        crc32(word) % WORD_ROWS,
        crc32(b"2" + word) % WORD_ROWS,
        crc32(stem(shape).encode("utf-8", "surrogatepass")) % STEM_ROWS,
        crc32(b"^" + shape[:3].encode("utf-8", "surrogatepass")) % AFFIX_ROWS,
        crc32(b"$" + shape[-2:].encode("utf-8", "surrogatepass")) % AFFIX_ROWS,
        crc32(b"%" + shape[-3:].encode("utf-8", "surrogatepass")) % AFFIX_ROWS,
    )
