"""An HTML page to its article: trafilatura finds the body, the facts are read from the page's own markup.

What stands inside the body and is no news (captions, share bars, related links, comments) is cut out of the tree first,
lines that are furniture or bylines after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from takhrij.errors import EmptyInput, NotText, TooLarge
from takhrij.pages.credits import read_credits
from takhrij.pages.facts import address_of, author_of, headline, outlet_of, same_words
from takhrij.pages.furniture import furniture
from takhrij.pages.limits import DEFAULT_LIMITS, Limits
from takhrij.pages.make import merged, unified
from takhrij.pages.page_dates import page_date
from takhrij.pages.structured import metas, name_of, news_article, plain, told_body
from takhrij.records import Article, Page
from takhrij.text.language import language
from takhrij.text.tokens import lines

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
    | {"p", "li", "td", "tr", "th", "dd", "dt", "option"}  # their end tags may be left out
)
#: Class names and ids of what is cut out before extraction; whole words, or words joined by - and _.
_CUT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|caption|figcaption|image-?title|photo-?credit|share|sharing|social|addtoany|addthis|sharedaddy|"
    r"jp-relatedposts|related|read-?also|readmore|see-?also|recommended|most-?read|comments?|comment-?form|respond|disqus|fb-comments|"
    r"breadcrumbs?|tags|tag-?list|post-tags|newsletter|subscribe|advert|ads?|adsbygoogle|banner|cookie|popup|sidebar|widget)(?:$|[\s_-])",
    re.I,
)
#: Class names of the element that holds an article's body: what holds one is no furniture, whatever it is called.
_BODY_CLASS = re.compile(r"(?:^|\s)(?:post-body|post-content|entry-content|article-?body|story-body)(?:$|\s)", re.I)
_CUT_TAGS = frozenset({"figcaption", "aside", "nav", "form", "footer", "button", "select", "iframe", "svg"})
_BODY_TAGS = frozenset({"html", "body", "main", "article"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "em", "font", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "u"}
)
_SHORT_BODY = 140
#: What XML cannot hold and lxml therefore refuses to move about, as characters and as references to them.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NO_XML_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef]|d[89a-f]..))(?![0-9a-f]);?", re.I
)
#: Text, in characters, past which a form or an element named like furniture holds the article itself.
_FORM_TEXT = 600
#: Shortest text of a ``div`` or a cell that is a paragraph.
_LEAF_TEXT = 60


def article_from_html(text: str, page: Page, limits: Limits = DEFAULT_LIMITS) -> Article:
    """The article in the decoded page ``text``.

    Raises :class:`EmptyInput` where there are no words, :class:`TooLarge` past a bound.
    """
    _within(text, page.name, limits)
    tree = _tree(text, page.name)
    meta, node = metas(tree), news_article(tree)
    url = address_of(tree, meta, page.final_url or page.url)
    title = headline(tree, meta, node)
    outlet = outlet_of(tree, meta, node, title, url)
    dated = page_date(tree, meta, node, url)
    author = author_of(tree, meta, node, outlet)
    body = _body(tree, node, title)
    whole = unified("\n".join([title, *body] if title else body))
    if not whole.strip():
        raise EmptyInput(page.name, "a page without text")
    whole, credit, byline = _cleaned(whole, outlet)
    return Article(
        id=page.name,
        text=whole,
        title=title or whole.split("\n", 1)[0],
        url=url,
        date=dated.day if dated else None,
        date_evidence=dated.evidence if dated else None,
        date_certainty=dated.certainty if dated else 0.0,
        outlet=outlet,
        author=author or byline,
        section=_section(meta, node),
        lang=language(whole),
        credit=credit,
        page_sha256=page.sha256,
    )


def _section(meta: Mapping[str, str], node: Mapping[str, Any]) -> str | None:
    said = meta.get("article:section") or name_of(node.get("articleSection"))
    return plain(said) if said else None


def _within(text: str, name: str, limits: Limits) -> None:
    """Count elements and their nesting without building a tree. Raises :class:`TooLarge` past a bound."""
    depth = count = 0
    for match in _TAG.finditer(text):
        count += not match.group(1)
        if count > limits.elements:
            raise TooLarge(name, f"more than {limits.elements} elements")
        if match.group(2).lower() in _VOID:
            continue
        depth = max(depth + (-1 if match.group(1) else 1), 0)
        if depth > limits.depth:
            raise TooLarge(name, f"elements nested deeper than {limits.depth}")


def _tree(text: str, name: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    text = _NO_XML_REFERENCE.sub("", _NO_XML.sub("", text))
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise NotText(name, "a page that no parser can read") from None
    return tree


def _body(tree: Any, node: Mapping[str, Any], title: str) -> list[str]:
    """The paragraphs of the body, the headline not among them."""
    from trafilatura import bare_extraction

    _cut(tree)
    _regular(tree)
    document = None
    try:
        document = bare_extraction(tree, fast=True, include_comments=False, include_tables=False, with_metadata=False)
    except (
        RecursionError,
        ValueError,
        AttributeError,
        TypeError,
    ):  # trafilatura stumbles over odd trees: the plain walk below does not
        document = None
    text = (getattr(document, "text", None) or "") if document is not None else ""
    told = told_body(node)
    body = [" ".join(line.split()).removeprefix("- ") for line in text.split("\n")]
    if sum(map(len, body)) < _SHORT_BODY:
        body = max((body, _paragraphs(tree)), key=lambda b: sum(map(len, b)))
    said, kept = sum(map(len, told)), sum(map(len, body))
    if said > 1.5 * kept or (len(told) > 2 * len(body) and said > 0.9 * kept):
        body = told
    return [line for line in body if line and not same_words(line, title)]


def _paragraphs(tree: Any) -> list[str]:
    found = [plain(" ".join(p.itertext())) for p in tree.iter("p", "h2", "h3", "blockquote", "li")]
    found = [p for p in dict.fromkeys(found) if p]
    body = tree.find("body")
    if not found and body is not None:
        found = [line for part in body.itertext() if (line := plain(part))]
    return found


def _cut(tree: Any) -> None:
    """Take the elements that are no news out of the tree; what follows an element stays."""
    waiting, doomed = [tree], []
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if _is_furniture(element):
            doomed.append(element)
        else:
            waiting.extend(element)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def _is_furniture(element: Any) -> bool:
    if element.tag in _BODY_TAGS:
        return False
    if element.tag in _CUT_TAGS:
        return element.tag != "form" or not _longer(element.itertext(), _FORM_TEXT)  # old ASP.NET pages sit whole in one form
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(called) < 3 or not _CUT_CLASS.search(called):
        return False
    if any(_BODY_CLASS.search(part.get("class") or "") for part in element.iter("div", "section", "article")):
        return False
    return not _longer((p.text or "" for p in element.iter("p")), _FORM_TEXT)


def _longer(texts: Iterable[str], length: int) -> bool:
    """Whether ``texts`` are longer than ``length`` characters together; stops where they are."""
    total = 0
    for text in texts:
        total += len(text)
        if total > length:
            return True
    return False


def _regular(tree: Any) -> None:
    """Bring old and odd layouts to what extractors look for: cells of layout tables and text-only ``div``s are paragraphs."""
    for table in list(tree.iter("table")):
        if table.tag != "table":
            continue  # it was part of one that is no table any more
        if table.find(".//table") is not None or any(len((br.tail or "").strip()) > _LEAF_TEXT for br in table.iter("br")):
            for element in table.iter("table", "tbody", "tr", "td", "th"):
                element.tag = "div"
    for element in tree.iter("div"):
        if all(child.tag in _INLINE for child in element) and _longer(element.itertext(), _LEAF_TEXT):
            element.tag = "p"


def _cleaned(text: str, outlet: str | None) -> tuple[str, str | None, str | None]:
    """(the text without furniture and bylines, what it credits, its author by the byline)."""
    arabic = language(text) == "ar"
    credit, bylines = read_credits(text, outlet) if arabic else (None, [])
    kept, at = [], 0
    for span in merged([*furniture(text), *(b.span for b in bylines)]):
        kept.append(text[at : span.start])
        at = span.end
    kept.append(text[at:])
    whole = "".join(kept)
    kept = [line.of(whole).strip() for line in lines(whole)]
    whole = "\n".join(line for n, line in enumerate(kept) if n == 0 or not same_words(line, kept[0]))
    return whole, credit, next((b.author for b in bylines if b.author), None)
