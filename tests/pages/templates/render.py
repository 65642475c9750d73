"""Forty pages: ten templates of the kinds that Arabic news sites are made with, four of twelve invented stories in each.

Each page comes with what it must give: headline, paragraphs, day, outlet. The templates differ in where they state the day
(JSON-LD, meta, time element, address, text with Levantine, Maghrebi, Gulf and Hijri months, Arabic-Indic digits), in how a
paragraph is marked, in charset, and in what stands beside and inside the story.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from string import Template

from hijridate import Gregorian

HERE = Path(__file__).parent
LEVANT = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
EGYPT = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
MAGHREB = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
HIJRI = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
]
DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

BOX = '<div class="read-also-box"><strong>اقرأ أيضا:</strong> <a href="/x">{other}</a></div>'
VIDEO = '<div class="video-embed"><iframe src="/v"></iframe><div class="embed-caption">شاهد تقريرا مصورا من المكان</div></div>'


@dataclass(frozen=True)
class Site:
    """How one site marks a paragraph, what it puts after the second one, its outlet, charset and address."""

    name: str
    outlet: str
    paragraph: str = "<p>{}</p>"
    inside: str = ""
    charset: str = "utf-8"
    url: str = "https://{name}.example/news/{n}"
    dateline: str = ""


SITES = (
    Site("newspaper", "صحيفة النهر", inside=BOX, url="https://nahr.example/{y}/{m:02}/{n}/"),
    Site("portal", "بوابة المرسى", paragraph="<p>{}</p>\n<p>&nbsp;</p>"),
    Site("tables", "وكالة القلعة للأنباء", paragraph="{}<br><br>", charset="windows-1256"),
    Site("amp", "الميناء أونلاين"),
    Site("app", "منصة الخبر", paragraph='<div class="css-p9"><span>{}</span></div>'),
    Site("blog", "مدونة الرابية", paragraph="{}<br /><br />"),
    Site("agency", "وكالة الساحل", dateline="المنارة ({credit}) - "),
    Site("joomla", "joomla.example", paragraph='<p style="text-align: justify;"><span lang="AR-SA">{}</span></p>'),
    Site("magazine", "مجلة الضفاف", inside=VIDEO + BOX),
    Site("plain", "plain.example", paragraph="<div>{}</div>", url="https://plain.example/{y}/{m}/{d}/story-{n}.html"),
)


#: Sites written after the reader was settled, to see how it fares on what it was not made with.
FRESH = (
    Site("fresh_blocks", "موقع الضحى", paragraph='<p class="wp-block-paragraph">{}</p>'),
    Site("fresh_ministry", "الإدارة العامة للمياه والطرق", paragraph='<div class="ms-x">{}</div><div>&#8203;</div>'),
    Site("fresh_mobile", "النسيم", paragraph="{}<br/>"),
)


@dataclass(frozen=True)
class Rendered:
    """A page and what it must give."""

    name: str
    url: str
    data: bytes
    title: str
    paragraphs: tuple[str, ...]
    date: str
    outlet: str


def _forms(day: dt.date) -> dict[str, str]:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    m = day.month - 1
    gulf = f"{day.day} {EGYPT[m]}/{LEVANT[m]} {day.year}"
    return {
        "iso": day.isoformat(),
        "slash": f"{day.day}/{day.month}/{day.year}",
        "short": f"{day.day} {EGYPT[m]} {day.year}",
        "levant": f"{DAYS[day.weekday()]} {day.day:02} {LEVANT[m]}/{EGYPT[m]} {day.year}، الساعة 14:05",
        "arabic_indic": f"{day.day} {EGYPT[m]} {day.year}".translate(INDIC),
        "hijri": f"{DAYS[day.weekday()]}، {hijri.day} {HIJRI[hijri.month - 1]} {hijri.year}هـ",
        "gulf": gulf,
        "gulf_indic": gulf.translate(INDIC),
        "maghreb": f"{day.day:02} {MAGHREB[m]} {day.year}",
    }


def pages(sites: tuple[Site, ...] = SITES) -> list[Rendered]:
    """The four pages of each site, in a settled order."""
    stories = json.loads((HERE / "contents.json").read_text(encoding="utf-8"))
    found = []
    for s, site in enumerate(sites):
        text = (HERE / f"{site.name}.html").read_text(encoding="utf-8")
        for k in range(4):
            n = (s * 5 + k * 3) % len(stories)
            story, others = stories[n], [stories[(n + i) % len(stories)]["title"] for i in range(1, 5)]
            found.append(_render(site, text, story, others, n + 1))
    return found


def _render(site: Site, text: str, story: dict, others: list[str], n: int) -> Rendered:
    day = dt.date.fromisoformat(story["date"])
    paragraphs = story["paragraphs"]
    dateline = site.dateline.format(credit=story["credit"] or "الساحل")
    shown = [site.paragraph.format((dateline if i == 0 else "") + p) for i, p in enumerate(paragraphs)]
    shown.insert(2, site.inside.format(other=others[0]))
    facts = {
        "title": story["title"],
        "lead": paragraphs[0][:80],
        "section": story["section"],
        "author": story["author"] or "هيئة التحرير",
        "paragraphs": "\n".join(shown),
        "json_body": "\\n".join(paragraphs),
        "url": site.url.format(name=site.name, n=n, y=day.year, m=day.month, d=day.day),
        **{f"other{i}": other for i, other in enumerate(others, 1)},
        **_forms(day),
    }
    data = Template(text).substitute(facts).encode(site.charset)
    return Rendered(f"{site.name}-{n}", facts["url"], data, story["title"], tuple(paragraphs), story["date"], site.outlet)
