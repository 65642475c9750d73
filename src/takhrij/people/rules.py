"""The rule of every route, by method and path. A test walks the application's own routes: one without a rule fails it."""

from __future__ import annotations

from takhrij.people.roles import Rule

_READ = Rule("reader", token=True)
_PAGE = Rule("reader")
_REVIEW = Rule("reviewer")
_WRITE = Rule("reviewer", changes=True)
_EDIT = Rule("editor", changes=True)
_OWN = Rule("reader", changes=True)
_OWNER = Rule("owner")
_MANAGE = Rule("owner", changes=True)
_ANYBODY = Rule(None)
_ENTER = Rule(None, changes=True)

RULES: dict[str, Rule] = {
    # What reads.
    **{
        f"GET {path}": _READ
        for path in (
            "/openapi.json", "/api/articles", "/api/article", "/api/search", "/api/claims", "/api/claim", "/api/outlets",
            "/api/actors", "/api/health", "/api/attributions", "/api/chains", "/api/copies", "/api/reviews", "/api/actor",
            "/api/outlet", "/api/places", "/api/check", "/api/export",
        )
    },
    **{f"GET {path}": _PAGE for path in ("/", "/search", "/about", "/claim", "/article", "/outlet", "/read")},
    **{
        f"GET {path}": _PAGE
        for path in (
            "/claim/timeline.svg", "/claim/map.svg", "/claim/export", "/article/page", "/names", "/actor", "/place",
            "/place/map.svg", "/check", "/watch",
        )
    },
    "GET /feed": _READ,
    # A person's own list of what he follows.
    "POST /watch": _OWN,
    "POST /watch/seen": _OWN,
    "POST /watch/stop": _OWN,
    # What reads into the ledger.
    "GET /jobs": _REVIEW,
    "GET /job": _REVIEW,
    "POST /jobs": _WRITE,
    "GET /api/jobs": Rule("reviewer", token=True),
    "GET /api/job": Rule("reviewer", token=True),
    "POST /api/jobs": Rule("reviewer", token=True, changes=True),
    "GET /static/{name:path}": _ANYBODY,
    # What reads a given text and keeps nothing.
    "POST /read": _PAGE,
    "POST /api/read": _READ,
    # Review.
    "GET /queue": _REVIEW,
    "GET /review": _REVIEW,
    "GET /correct": _REVIEW,
    "GET /history": _REVIEW,
    "GET /claimreview": _PAGE,
    "POST /review/verdict": _WRITE,
    "POST /review/note": _WRITE,
    "POST /review/assign": _WRITE,
    "POST /correct": _WRITE,
    "POST /correct/add": _WRITE,
    "POST /correct/checked": _WRITE,
    "POST /review/part": _EDIT,
    "POST /review/join": _EDIT,
    "POST /review/undo": _WRITE,
    "POST /api/verdict": Rule("reviewer", token=True, changes=True),
    # People.
    "GET /login": _ANYBODY,
    "POST /login": _ENTER,
    "GET /join": _ANYBODY,
    "POST /join": _ENTER,
    "POST /logout": _OWN,
    "GET /account": _PAGE,
    "POST /account/password": _OWN,
    "POST /account/email": _OWN,
    "POST /account/token": _OWN,
    "POST /account/token/revoke": _OWN,
    "POST /account/leave": _OWN,
    "GET /people": _OWNER,
    "POST /people/invite": _MANAGE,
    "POST /people/role": _MANAGE,
}  # fmt: skip
