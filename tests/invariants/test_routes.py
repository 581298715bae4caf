"""Every URL of the product: guarded, typed, in kebab-case; opening it changes nothing; out of scope it is not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from app.access.permissions import Permission, Role
from app.access.policy import POLICY
from app.accounts.models import Account
from app.core.database import is_sqlite
from app.web.security import refuse_unguarded_views
from flask import Flask
from sqlalchemy.orm import Session
from tests.browsing import Answer, Browser
from tests.factories.town import Town
from tests.invariants.conftest import CANARIES, Furnished
from werkzeug.routing import Rule

Enter = Callable[[Role | Account], Browser]

PUBLIC = {
    "health.healthz",
    "health.index",
    "accounts.sign_in",
    "calendars.read_feed",
    "static",
    "discoveries.report_neighbour",
    "discoveries.thank_neighbour",
}
MAY_BE_WRITTEN_BY_A_LOOK = {"access_log", "access_chain", "user_session"}
KEEPS_WHEN_IT_WAS_READ = {"calendars.read_feed": {"calendar_feed"}}
STAFF = ("nurse", "worker", "supervisor", "district_officer", "privacy_officer", "administrator")
STRANGERS = ("narae_nurse", "narae_worker", "narae_supervisor", "far_supervisor", "far_privacy_officer")
TIED_TO_A_HOUSEHOLD = {
    "household_id",
    "member_id",
    "flag_id",
    "term_id",
    "visit_id",
    "row_id",
    "assignment_id",
    "cover_id",
    "planned_id",
    "attachment_id",
    "task_id",
    "incident_id",
    "contact_id",
    "plan_id",
    "referral_id",
    "aid_id",
    "item_id",
    "consent_id",
    "conference_id",
}
on_one_database = pytest.mark.parametrize("templates", ["sqlite"], indirect=True)
"""What the policy and the views decide is the same on either; that every page opens is looked at on both."""
KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.xlsx)?")
NAME_IN_URL = re.compile(r"[가-힣]|%[EeBb][A-Fa-f0-9]")
"""URLs are kept in histories, proxies and logs."""
CONVERTER = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>(?:\.ics)?")


def rules(app: Flask, method: str) -> Iterator[Rule]:
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if method in (rule.methods or ()) and rule.endpoint != "static":
            yield rule


def path_of(app: Flask, rule: Rule, furnished: Furnished) -> str:
    """The rule's URL with the values of the furnished household; KeyError for a value nobody furnished."""
    values = {name: furnished.values[name] for name in rule.arguments}
    built = app.url_map.bind("localhost").build(rule.endpoint, values)
    return str(built)


def test_every_view_is_guarded_or_meant_for_everybody(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        guard = getattr(view, "guard", None)
        assert endpoint in PUBLIC or isinstance(guard, Permission), f"{endpoint} is guarded by {guard}"


def test_the_application_refuses_to_start_with_a_view_nobody_guards(app: Flask) -> None:
    app.view_functions["naked"] = lambda: "everything"
    try:
        with app.app_context(), pytest.raises(RuntimeError, match="naked"):
            refuse_unguarded_views()
    finally:
        del app.view_functions["naked"]


def test_urls_are_typed_and_in_kebab_case(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for part in filter(None, rule.rule.split("/")):
            value = CONVERTER.fullmatch(part)
            assert value or KEBAB.fullmatch(part), rule.rule
            assert value is None or value["kind"] in ("int", "uuid", "any", "token", "day"), (
                f"{rule.rule}: {value['name']} is not typed"
            )  # type: ignore[index]


@on_one_database
def test_without_signing_in_every_guarded_url_leads_to_the_front_door(
    app: Flask, client: Browser, furnished: Furnished
) -> None:
    for method in ("GET", "POST"):
        client.get("/sign-in")
        for rule in rules(app, method):
            if rule.endpoint in PUBLIC:
                continue
            answer = (client.open if method == "GET" else client.post)(path_of(app, rule, furnished), status=302)
            assert answer.headers["Location"].startswith("/sign-in"), rule.rule


@on_one_database
def test_nothing_is_changed_without_a_token(app: Flask, sign_in_as: Enter, town: Town, furnished: Furnished) -> None:
    browser = sign_in_as(town.supervisor)
    for method in ("POST", "PUT"):
        for rule in rules(app, method):
            browser.open(path_of(app, rule, furnished), method=method, status=400)
            assert browser.written <= MAY_BE_WRITTEN_BY_A_LOOK, f"{method} {rule.rule}"


@pytest.mark.parametrize("login", STAFF)
def test_looking_changes_nothing_and_shows_a_sound_page_without_a_name_in_its_links(
    app: Flask, session: Session, sign_in_as: Enter, town: Town, furnished: Furnished, login: str
) -> None:
    """The browser judges each page; here it is what the look wrote, and where the page leads."""
    browser = sign_in_as(town.accounts[login])
    browser.reads_pages = is_sqlite(session)
    opened = 0
    for rule in rules(app, "GET"):
        answer = browser.open(path_of(app, rule, furnished))
        assert answer.status_code in (200, 302, 403, 404), f"{rule.rule}: {answer.status_code}"
        may_write = MAY_BE_WRITTEN_BY_A_LOOK | KEEPS_WHEN_IT_WAS_READ.get(rule.endpoint, set())
        assert browser.written <= may_write, f"{rule.rule} writes {browser.written}"
        opened += answer.status_code == 200
        for link in browser.page.links() if browser.page else ():
            assert not NAME_IN_URL.search(link), f"{rule.rule} leads to {link}"
    assert opened >= 3


@on_one_database
@pytest.mark.parametrize("login", STRANGERS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_what_belongs_to_a_household_out_of_scope_is_not_there(
    app: Flask, sign_in_as: Enter, town: Town, furnished: Furnished, login: str, method: str
) -> None:
    browser = sign_in_as(town.accounts[login])
    token = browser.get("/me").form("/me").fields["csrf_token"]
    sent: dict[str, Any] = {"headers": {"X-CSRFToken": token}} | ({"json": {"body": {}}} if method == "PUT" else {})
    for rule in rules(app, method):
        if not rule.arguments & TIED_TO_A_HOUSEHOLD:
            continue
        answer = browser.open(path_of(app, rule, furnished), method=method, **sent)
        assert answer.status_code in (403, 404), f"{rule.rule}: {answer.status_code}"
        assert answer.status_code == 404 or not may_ever(app, rule, town, login), f"{rule.rule} tells that it exists"
        assert_silent(answer, rule.rule)


def may_ever(app: Flask, rule: Rule, town: Town, login: str) -> bool:
    """Whether somebody of this role could do this at all, in their own centre."""
    guard = app.view_functions[rule.endpoint].guard  # type: ignore[attr-defined]
    role = town.accounts[login].role
    names = {"WORKER": "worker", "NURSE": "nurse", "SUPERVISOR": "supervisor", "PRIVACY": "privacy_officer"}
    return any(test.__name__ in (names[role], "wrote_it", "anybody") for row in POLICY[guard] for test in row)


def assert_silent(answer: Answer, place: str) -> None:
    text = readable(answer)
    for canary in CANARIES:
        assert canary not in text, f"{place} shows {canary}"


def readable(answer: Answer) -> str:
    """Everything in an answer that is text, inside a workbook as well."""
    content = answer.get_data()
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with ZipFile(BytesIO(content)) as workbook:
        return "".join(workbook.read(name).decode(errors="replace") for name in workbook.namelist())


@on_one_database
@pytest.mark.parametrize("login", STRANGERS)
def test_no_page_a_stranger_can_open_holds_a_word_of_the_household(
    app: Flask, sign_in_as: Enter, town: Town, furnished: Furnished, login: str
) -> None:
    browser = sign_in_as(town.accounts[login])
    for rule in rules(app, "GET"):
        if not rule.arguments:
            assert_silent(browser.open(path_of(app, rule, furnished)), rule.rule)


def test_whoever_may_see_the_household_does_find_those_words(
    sign_in_as: Enter, town: Town, furnished: Furnished
) -> None:
    """Otherwise the silence above would prove nothing."""
    browser = sign_in_as(town.nurse)
    opened = (
        browser.open(f"/households/{furnished.household.id}"),
        browser.open(f"/visits/{furnished.values['visit_id']}"),
    )
    text = "".join(map(readable, opened))
    assert {canary for canary in CANARIES if canary not in text} <= {"93074418", "소슬비"}
