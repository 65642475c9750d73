"""People: logging in, joining by an invitation, one's own account, and who may do what in a collection."""

from __future__ import annotations

import time
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from takhrij.desk.desk import Desk
from takhrij.desk.view import Pages, link
from takhrij.errors import UsageError
from takhrij.people import Access, accounts, sessions, visitor
from takhrij.people.roles import EVERYWHERE, SCOPES, Role
from takhrij.people.store import People

_Secret = Annotated[str, Form(max_length=1000)]
_Short = Annotated[str, Form(max_length=300)]


def router(desk: Desk, access: Access) -> APIRouter:
    """The routes of people. Of a desk without login there is none of these pages, whatever their addresses."""
    routes, pages = APIRouter(), desk.pages
    _entering(routes, pages, access)
    _joining(routes, pages, access)
    _account(routes, pages, access)
    _secrets(routes, pages, access)
    _managing(routes, desk, access)
    return routes


def _store(access: Access) -> People:
    if access.people is None:
        raise HTTPException(404)
    return access.people


def _entering(routes: APIRouter, pages: Pages, access: Access) -> None:
    @routes.get("/login")
    def form(request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
        _store(access)
        return pages.show(request, "login.html", next=_within(next), fault=None, name="")

    @routes.post("/login")
    def login(request: Request, name: _Short = "", password: _Secret = "", next: _Short = "/") -> Response:
        people, place = _store(access), request.client.host if request.client else ""
        try:
            person = sessions.log_in(people, name, password, place)
        except UsageError as error:
            status = 429 if str(error) == "login_wait" else 403
            return pages.show(request, "login.html", status, next=_within(next), fault=str(error), name=name)
        return _entered(access, person, _within(next))

    @routes.post("/logout")
    def logout(request: Request) -> Response:
        sessions.end(_store(access), request.cookies.get(access.cookie, ""))
        response = RedirectResponse("/login", 303)
        response.delete_cookie(access.cookie, secure=access.secure, httponly=True, samesite="strict")
        return response


def _joining(routes: APIRouter, pages: Pages, access: Access) -> None:
    @routes.get("/join")
    def form(request: Request, key: Annotated[str, Query(max_length=200)] = "") -> Response:
        found = accounts.invitation(_store(access), key)
        fault = None if found else "invitation_gone"
        values: dict[str, Any] = {"key": key, "given": found, "fault": fault, "name": "", "email": ""}
        return pages.show(request, "join.html", 200 if found else 404, **values)

    @routes.post("/join")
    def join(request: Request, key: _Short, name: _Short = "", email: _Short = "", password: _Secret = "") -> Response:
        people = _store(access)
        try:
            person = accounts.join(people, key, name, email, password)
        except UsageError as error:
            given = accounts.invitation(people, key)
            values: dict[str, Any] = {"key": key, "given": given, "fault": str(error), "name": name, "email": email}
            return pages.show(request, "join.html", 400, **values)
        return _entered(access, person, "/")


def _account(routes: APIRouter, pages: Pages, access: Access) -> None:
    @routes.get("/account")
    def account(request: Request) -> Response:
        return _account_page(pages, request, access)

    @routes.post("/account/password")
    def password(request: Request, old: _Secret = "", new: _Secret = "") -> Response:
        people, who = _store(access), visitor()
        try:
            sessions.log_in(people, who.name, old, request.client.host if request.client else "")
            accounts.set_password(people, who.person, new)
        except UsageError as error:
            return _account_page(pages, request, access, fault=str(error))
        return _entered(access, who.person, "/account?done=password")

    @routes.post("/account/email")
    def email(request: Request, email: _Short = "") -> Response:
        try:
            accounts.set_email(_store(access), visitor().person, email)
        except UsageError as error:
            return _account_page(pages, request, access, fault=str(error))
        return RedirectResponse("/account?done=email", 303)


def _secrets(routes: APIRouter, pages: Pages, access: Access) -> None:
    @routes.post("/account/token")
    def token(request: Request, name: _Short = "", scope: Annotated[list[str], Form()] = []) -> Response:  # noqa: B006
        try:
            secret = sessions.make_token(_store(access), visitor().person, name, scope)
        except UsageError as error:
            return _account_page(pages, request, access, fault=str(error))
        return _account_page(pages, request, access, secret=secret)

    @routes.post("/account/token/revoke")
    def revoke(token: _Short) -> Response:
        sessions.revoke(_store(access), visitor().person, token)
        return RedirectResponse("/account?done=revoked", 303)

    @routes.post("/account/leave")
    def leave() -> Response:
        sessions.end_all(_store(access), visitor().person)
        return RedirectResponse("/login", 303)


def _managing(routes: APIRouter, desk: Desk, access: Access) -> None:
    pages = desk.pages

    @routes.get("/people")
    def people(request: Request) -> Response:
        return _people_page(pages, request, access)

    @routes.post("/people/invite")
    def invite(request: Request, role: _Short, everywhere: _Short = "") -> Response:
        store, wanted = _store(access), _role(role)
        where = EVERYWHERE if everywhere and _owns_all(store) else visitor().collection
        if wanted is None:
            raise HTTPException(400)
        _record(desk, "invite", "people", f"{wanted} {where}")
        secret = accounts.invite(store, where, wanted, visitor().person)
        return _people_page(pages, request, access, secret=secret)

    @routes.post("/people/role")
    def role(request: Request, person: _Short, role: _Short = "") -> Response:
        store = _store(access)
        found = next((one for one in accounts.members(store, visitor().collection) if one.id == person), None)
        if found is None:
            raise HTTPException(404)
        if found.everywhere and not _owns_all(store):
            raise HTTPException(403)
        try:
            accounts.set_role(store, person, EVERYWHERE if found.everywhere else visitor().collection, _role(role))
        except UsageError as error:
            return _people_page(pages, request, access, fault=str(error))
        _record(desk, "role", f"person:{found.name}", role or "none", found.role)
        return RedirectResponse("/people?done=role", 303)


def _account_page(pages: Pages, request: Request, access: Access, fault: str | None = None, secret: str = "") -> Response:
    people, who = _store(access), visitor()
    made = [(one, _day(one.created), _day(one.used)) for one in sessions.tokens(people, who.person)]
    values: dict[str, Any] = {"email": accounts.own_email(people, who.person), "tokens": made, "scopes": SCOPES}
    return pages.show(request, "account.html", 400 if fault else 200, fault=fault, secret=secret, **values)


def _people_page(pages: Pages, request: Request, access: Access, fault: str | None = None, secret: str = "") -> Response:
    store = _store(access)
    scheme = "https" if access.secure else "http"
    joined = f"{scheme}://{request.url.netloc}{link('/join', key=secret)}" if secret else ""
    values: dict[str, Any] = {"members": accounts.members(store, visitor().collection), "roles": get_args(Role)}
    return pages.show(
        request, "people.html", 400 if fault else 200, fault=fault, joined=joined, owns_all=_owns_all(store), **values
    )


def _owns_all(people: People) -> bool:
    return accounts.roles_of(people, visitor().person).get(EVERYWHERE) == "owner"


def _role(name: str) -> Role | None:
    return next((role for role in get_args(Role) if role == name), None)


def _record(desk: Desk, action: str, subject: str, after: str, before: str | None = None) -> None:
    with desk.writer() as writer:
        writer.record(action, subject, after, before)


def _entered(access: Access, person: str, to: str) -> Response:
    """A session of its own for every login: what a cookie held before is worth nothing."""
    response = RedirectResponse(to, 303)
    secret = sessions.begin(_store(access), person)
    response.set_cookie(
        access.cookie, secret, max_age=sessions.WHOLE_S, httponly=True, samesite="strict", secure=access.secure, path="/"
    )
    return response


def _within(address: str) -> str:
    """An address within the desk, or its first page: nobody is sent elsewhere after logging in."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain else "/"


def _day(at: float | None) -> str | None:
    return None if at is None else time.strftime("%Y-%m-%d", time.gmtime(at))
