"""Records to bytes and back, whole: nothing that a record holds is lost. And the digests that the audit chain keeps."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import types
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from takhrij.corrections import Fix, Ruling
from takhrij.errors import DataError, LedgerDamaged
from takhrij.records import Article, Attribution, Claim, DateMention, Mention, NumberMention, PlaceMention, Reading, Span

_T = TypeVar("_T")
_MENTIONS: dict[str, type[Mention]] = {"place": PlaceMention, "date": DateMention, "number": NumberMention}
_KINDS = {kind: name for name, kind in _MENTIONS.items()}
#: What neither store takes in a text column: NUL (PostgreSQL) and lone surrogates (UTF-8).
_UNFIT = re.compile("[\x00\ud800-\udfff]")
_LEVEL = 6


def clean(text: str) -> str:
    """``text`` as a text column can hold it: NUL and lone surrogates become U+FFFD."""
    return _UNFIT.sub("\ufffd", text)


def canonical(value: object) -> str:
    """One spelling of a JSON value: keys sorted, no spaces, ASCII only, so that a digest of it is the same everywhere.

    Raises :class:`DataError` for what no JSON can hold: infinities, NaN.
    """
    try:
        return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except ValueError as error:
        raise DataError(f"cannot be kept: {error}") from None


def digest(value: object) -> str:
    """The SHA-256, in hex, of the canonical spelling of a JSON value."""
    return hashlib.sha256(canonical(value).encode("ascii")).hexdigest()


def row_digest(row: Mapping[str, Any]) -> str:
    """The digest of a table's row, columns by name; a ``body`` of bytes enters by its own digest."""
    plain = {key: hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value for key, value in row.items()}
    return digest(plain)


def pack(value: object) -> bytes:
    """A JSON value as zlib-packed UTF-8, letters kept short and lone surrogates escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack(body: bytes, what: str) -> Any:
    """The value that :func:`pack` packed. Raises :class:`LedgerDamaged`, naming ``what``, for anything else."""
    try:
        return json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass"))
    except (zlib.error, ValueError, RecursionError):
        raise LedgerDamaged(f"{what} cannot be unpacked: its row was altered") from None


def article_value(article: Article) -> dict[str, Any]:
    """An article as a JSON value, fields that have their default left out."""
    return _value(article)


def article_of(value: Mapping[str, Any]) -> Article:
    """The article of :func:`article_value`."""
    return _record(Article, value)


def reading_value(reading: Reading) -> dict[str, Any]:
    """What was read in an article, without the article."""
    mentions = [{"kind": _KINDS[type(mention)], **_value(mention)} for mention in reading.mentions]
    return {"attributions": [_value(attribution) for attribution in reading.attributions], "mentions": mentions}


def reading_of(article: Article, value: Mapping[str, Any]) -> Reading:
    """The reading of :func:`reading_value`, with its article."""
    mentions = []
    for row in value["mentions"]:
        fields = dict(row)
        mentions.append(_record(_MENTIONS[fields.pop("kind")], fields))
    return Reading(article, tuple(_record(Attribution, row) for row in value["attributions"]), tuple(mentions))


def claim_value(claim: Claim) -> dict[str, Any]:
    """A claim as a JSON value."""
    return _value(claim)


def claim_of(value: Mapping[str, Any]) -> Claim:
    """The claim of :func:`claim_value`."""
    return _record(Claim, value)


def edit_value(edit: Fix | Ruling) -> dict[str, Any]:
    """A correction or a ruling as a JSON value."""
    return _value(edit)


def fix_of(value: Mapping[str, Any]) -> Fix:
    """The correction of :func:`edit_value`."""
    return _record(Fix, value)


def ruling_of(value: Mapping[str, Any]) -> Ruling:
    """The ruling of :func:`edit_value`."""
    return _record(Ruling, value)


def _value(record: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    kind: Any = type(record)
    for name, default in _defaults(kind):
        field = getattr(record, name)
        if field != default or default is dataclasses.MISSING:
            out[name] = _plain(field)
    return out


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):  # a span is one too
        return [_plain(item) for item in value]
    return _value(value) if dataclasses.is_dataclass(value) else value


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _record(kind: type[_T], value: Mapping[str, Any]) -> _T:
    key: Any = kind
    hints = _hints(key)
    return kind(**{name: _shaped(hints[name], field) for name, field in value.items()})


def _shaped(hint: Any, value: Any) -> Any:
    """``value`` as ``hint`` wants it: lists become spans, tuples and records."""
    if not isinstance(value, list | dict):
        return value
    if hint is Span:
        return Span(*value)
    origin = get_origin(hint)
    if origin is tuple:
        return tuple(_shaped(get_args(hint)[0], item) for item in value)
    if origin in (Union, types.UnionType):
        return _shaped(next(arg for arg in get_args(hint) if arg is not types.NoneType), value)
    fields: Any = value
    return _record(hint, fields)
