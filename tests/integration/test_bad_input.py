"""Every form of the product under nonsense: found by itself, answered like a grown-up, nothing lost, nothing broken.

A form that no walk reaches fails `test_every_form_there_is_is_found`: let `bad_input/furnishing.py` put it on a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from uuid import uuid4

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.core.database import is_sqlite
from flask import Flask
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.databases import Database, Templates
from tests.integration.bad_input.furnishing import Grounds, furnish_all
from tests.integration.bad_input.harming import HARMS, harmed
from tests.integration.bad_input.nonsense import DRAFTS, PRINTABLE, TOO_LARGE, Case, every_case
from tests.integration.bad_input.sending import Sender
from tests.integration.bad_input.sheets import Sheet
from tests.integration.bad_input.trying import DEEPEST, Examination, Tally
from tests.integration.bad_input.walking import Key, endpoint_of, few_alike, key_of, look_at, share, walk

Enter = Callable[[Role | Account], Browser]
Owned = list[tuple[Role, Sheet]]

ROLES = (Role.SUPERVISOR, Role.NURSE, Role.WORKER, Role.DISTRICT, Role.PRIVACY, Role.ADMIN)
"""Whoever comes first has a form that several have."""
PARTS = 8
NO_FORMS = {
    "accounts.sign_out": "ends the session every other form needs; see below",
    "visits.save_draft": "a script sends it, as JSON; see below",
}
NEVER_DONE = {"accounts.sign_in": "the walk has already signed in, and no ladder of words holds a login"}
NOBODYS_KEYS = (TOO_LARGE, str(2**31 - 1), "가", "00000000-0000-0000-0000-0000000000ff")
CONVERTER = re.compile(r"<(?:[^<>]*:)?(\w+)>")
on_one_database = pytest.mark.parametrize("templates", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Ground:
    """The furnished town, committed to a database of its own."""

    database: Database
    is_furnished: Grounds


@pytest.fixture(scope="module")
def ground(templates: Templates) -> Iterator[Ground]:
    copy = templates.copy()
    with Session(copy.engine) as session:
        furnished = furnish_all(session)
    yield Ground(copy, furnished)
    templates.drop(copy)


@pytest.fixture
def grounds(ground: Ground) -> Grounds:
    return ground.is_furnished


@pytest.fixture
def session(ground: Ground) -> Iterator[Session]:
    """As everywhere, but in the furnished town."""
    with ground.database.engine.connect() as connection:
        transaction = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as opened:
            yield opened
        transaction.rollback()


@pytest.fixture
def enter(sign_in_as: Enter) -> Enter:
    """A browser that parses no page strictly: pages are judged elsewhere, and here are thousands."""

    def entered(whom: Role | Account) -> Browser:
        browser = sign_in_as(whom)
        browser.get("/me")
        browser.reads_pages = False
        return browser

    return entered


@pytest.fixture
def owned(app: Flask, enter: Enter, grounds: Grounds, shared_folder: Path) -> Owned:
    """Every form of the product with the first role that has it."""

    def walked(role: Role) -> list[Sheet]:
        enter(role)  # a second session, which can be ended from the first
        return walk(enter(role), *grounds.starts)

    found = share(shared_folder, {role: partial(walked, role) for role in ROLES})
    return list(few_alike(app, ((role, sheet) for role in ROLES for sheet in found[role])))


@dataclass
class Bench:
    """Examines forms as whoever has them."""

    app: Flask
    sender_of: Callable[[Role], Sender]
    cases: Callable[[Sheet], Iterable[Case]]
    tally: Tally = field(default_factory=Tally)

    def examine(self, owned: Owned, known: Owned) -> None:
        """These forms and what they lead on to, but for what is known."""
        keys = {key_of(sheet) for _role, sheet in known}
        for role, sheet in owned:
            if endpoint_of(self.app, sheet) not in NO_FORMS:
                self.examination(role, keys).examine(sheet)

    def examination(self, role: Role, keys: set[Key]) -> Examination:
        """One person's."""
        return Examination(self.app, self.sender_of(role), self.tally, keys, self.cases)


@pytest.fixture
def bench(app: Flask, enter: Enter, session: Session, grounds: Grounds) -> Bench:
    """Everything is tried on one database; on the other what depends on it."""
    is_thorough = is_sqlite(session)

    def cases(sheet: Sheet) -> Iterable[Case]:
        return (case for case in every_case(sheet, grounds.foreign) if is_thorough or case.is_for_storage)

    return Bench(app, cache(lambda role: Sender(enter(role), session, grounds.foreign)), cases)


def takers(app: Flask) -> set[str]:
    """Endpoints that are sent something."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if (rule.methods or set()) & {"POST", "PUT", "DELETE"}}


@on_one_database
def test_every_form_there_is_is_found_and_can_be_filled_in(app: Flask, owned: Owned, bench: Bench) -> None:
    """Otherwise the nonsense below would prove nothing: most of it stands beside values that are accepted."""
    bench.cases = lambda _sheet: ()
    bench.examine(owned, owned)
    tried = {endpoint for method, endpoint in bench.tally.tried if method == "post"}
    assert takers(app) - tried == set(NO_FORMS)
    assert tried - bench.tally.accepted == set(NEVER_DONE)
    assert len(owned) >= 90
    assert bench.tally.fields >= 600
    assert sum(len(list(every_case(sheet, {"person": "1"}))) for _role, sheet in owned) >= 900


@pytest.mark.parametrize("part", range(PARTS))
def test_nonsense_is_answered_and_nothing_is_lost_or_broken(bench: Bench, owned: Owned, part: int) -> None:
    bench.examine(owned[part::PARTS], owned)
    assert not list(bench.tally.faults)


@on_one_database
def test_a_page_that_fails_its_people_is_noticed(
    app: Flask, enter: Enter, bench: Bench, grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The risk page, harmed on its way out: each harm is called by its name, and unharmed there is nothing to say."""
    path = f"/households/{grounds.values['household_id']}/risk"
    [sheet] = [each for each in look_at(enter(Role.SUPERVISOR), path)[0] if each.action == path]
    bench.examination(Role.SUPERVISOR, set()).examine(sheet, DEEPEST)
    assert not list(bench.tally.faults)
    for fault, harm in HARMS.items():
        bench.tally = Tally()
        with monkeypatch.context() as patch:
            patch.setitem(app.view_functions, "households.judge_risk", harmed(app, "households.judge_risk", harm))
            bench.examination(Role.SUPERVISOR, set()).examine(sheet, DEEPEST)
        assert any(fault in found for found in bench.tally.faults), (fault, list(bench.tally.faults))


def addresses(app: Flask, grounds: Grounds) -> Iterator[tuple[str, str]]:
    """Every address with a key in it and each key nobody has, with the method it takes."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        for name in sorted(rule.arguments & set(grounds.values)):
            for key in NOBODYS_KEYS:
                values = {each: str(grounds.values.get(each, 1)) for each in rule.arguments} | {name: key}
                path = CONVERTER.sub(lambda found, values=values: values[found[1]], rule.rule)
                yield from ((method, path) for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT"}))


def test_a_key_nobody_has_opens_nothing(app: Flask, enter: Enter, grounds: Grounds) -> None:
    """Whoever may do such a thing at all is told that there is no such row; the database is asked or not, never broken."""
    browsers, told = [enter(role) for role in (Role.SUPERVISOR, Role.DISTRICT, Role.ADMIN)], Counter[int]()
    for method, path in addresses(app, grounds):
        for browser in browsers:
            answer = (browser.post if method == "POST" else browser.open)(path, status=None)
            if answer.status_code != 403:
                break
        assert answer.status_code in (403, 404, 405), f"{method} {path} answers {answer.status_code}"
        told[answer.status_code] += 1
    assert told[404] >= 150
    assert told[403] <= 20


@pytest.mark.parametrize("form", ["visit", "absence"])
def test_a_draft_of_anything_is_kept_or_refused_and_the_form_opens_again(
    enter: Enter, grounds: Grounds, form: str
) -> None:
    nurse, home = enter(Role.NURSE), f"/households/{grounds.values['household_id']}"
    for body in DRAFTS:
        headers = {"X-CSRFToken": nurse._token}
        kept = nurse.open(f"{home}/drafts/{form}/{uuid4()}", method="put", json=body, headers=headers)
        assert kept.status_code in (200, 409, 422), f"{str(body)[:80]} answers {kept.status_code}"
        nurse.open(f"{home}/{form}s/new", status=200)
    assert nurse.open("/today", status=200)


def test_signing_out_asks_for_its_token_and_for_nothing_else(enter: Enter) -> None:
    browser = enter(Role.NURSE)
    browser.open("/sign-out", method="post", data={"next": PRINTABLE}, status=400)
    browser.open("/today", status=200)
    browser.post("/sign-out", {"next": PRINTABLE, "csrf": TOO_LARGE}, status=302)
    browser.open("/today", status=302)
