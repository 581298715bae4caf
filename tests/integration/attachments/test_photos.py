"""Photos: one row and two files each, sent once however often, refused in words, and with nothing in them but pixels."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.attachments import queries, service
from app.attachments.models import Attachment
from app.attachments.rules import LARGEST_FILE, PhotoDetails
from app.attachments.service import FileStore, prepare_picture
from app.audit.models import AccessLog
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.households.models import Household
from app.visits import service as visits
from app.visits.models import VisitDraft
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories import pictures
from tests.factories.town import Town
from tests.integration.attachments.conftest import AddPhoto, Camera, files_in

Enter = Callable[[Role | Account], Browser]


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Attachment)) or 0


@pytest.fixture
def camera(sign_in_as: Enter, household: Household) -> Camera:
    return Camera(sign_in_as(Role.NURSE), household)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    nearly_nothing = SimpleNamespace(total=10**9, used=10**9, free=4096)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: nearly_nothing)


def test_a_photo_is_a_row_and_two_files_of_our_own(
    session: Session, camera: Camera, store: FileStore, town: Town, household: Household
) -> None:
    before, visit_id = files_in(store.folder), new_id()
    told = camera.send(pictures.photo_with_place(), caption="집 앞", visit_id=str(visit_id))
    row = session.get_one(Attachment, row_id(told))
    assert (row.caption, row.is_health, row.visit_id, row.household_id) == ("집 앞", False, visit_id, household.id)
    assert (row.by_id, row.width, row.height) == (town.nurse.id, 640, 480)
    assert {path.relative_to(store.folder).as_posix() for path in files_in(store.folder) - before} == {
        row.file_key,
        row.file_key.replace(".jpg", ".small.jpg"),
    }
    content = store.read(row.file_key)
    assert content is not None
    assert (len(content), b"Exif" in content, b"SamGong" in content) == (row.size, False, False)
    assert row.file_key.split("/")[-1] != f"{row.id}.jpg", "the tablet chose where the file lies"


def row_id(told: dict[str, Any]) -> UUID:
    return UUID(told["id"])


def test_the_same_photo_sent_twice_is_stored_once(session: Session, camera: Camera, store: FileStore) -> None:
    photo_id = new_id()
    first = camera.send(pictures.photo(), photo_id=photo_id)
    files = files_in(store.folder)
    assert camera.send(pictures.photo(), photo_id=photo_id) == first
    assert camera.send(b"half of it", photo_id=photo_id, caption="") == first
    assert (count(session), files_in(store.folder)) == (1, files)


def test_a_photo_that_lost_the_race_leaves_no_file(
    session: Session, town: Town, household: Household, add: AddPhoto, store: FileStore, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The row was written between the look and the write: the key of the row decides."""
    first, nurse = add(), town.who(town.nurse)
    files = files_in(store.folder)
    first_id, first_key = first.id, first.file_key
    session.commit()
    real, looks = service.photos.find_sent, [None]
    monkeypatch.setattr(service.photos, "find_sent", lambda *them: looks.pop() if looks else real(*them))
    session.expunge(first)
    again = service.add_photo(
        session, household, PhotoDetails(first_id, "냉장고"), prepare_picture(pictures.photo()), store=store,
        actor=nurse, now=now,
    )  # fmt: skip
    assert (again.file_key, count(session)) == (first_key, 1)
    assert files_in(store.folder) == files


def test_an_id_of_somebody_elses_photo_is_refused(
    session: Session, sign_in_as: Enter, household: Household, add: AddPhoto
) -> None:
    photo_id = add(login="worker").id
    told = Camera(sign_in_as(Role.NURSE), household).send(pictures.photo(), photo_id=photo_id, status=422)
    assert (told["code"], count(session)) == ("ID_TAKEN", 1)


@pytest.mark.parametrize(
    ("content", "fields", "code"),
    [
        (b"", {}, "EMPTY_FILE"),
        (pictures.photo(), {"caption": "  "}, "CAPTION_NEEDED"),
        (pictures.photo() + b"\x00" * LARGEST_FILE, {}, "FILE_TOO_LARGE"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {}, "NO_PICTURE"),
        (pictures.gifar(), {}, "NO_PICTURE"),
        (pictures.png_that_claims(50_000, 50_000), {}, "TOO_MANY_PIXELS"),
        (pictures.photo()[:-1000], {}, "PICTURE_DAMAGED"),
    ],
)
def test_what_is_refused_says_why_and_leaves_nothing(
    session: Session, camera: Camera, store: FileStore, content: bytes, fields: dict[str, str], code: str
) -> None:
    before = files_in(store.folder)
    told = camera.send(content, status=422, **fields)
    assert told["code"] == code
    assert told["text"].endswith(("요.", "다."))
    assert (count(session), files_in(store.folder)) == (0, before)


def test_what_is_too_large_for_the_server_is_refused_before_it_is_read(camera: Camera) -> None:
    assert camera.send(b"\x00" * 13_000_000, status=413)["text"].startswith("파일은 12MB까지")


def test_a_caption_holds_no_resident_number(session: Session, camera: Camera) -> None:
    told = camera.send(pictures.photo(), caption="서류 410302-2345678")
    assert session.get_one(Attachment, row_id(told)).caption == "서류 410302-*******"


def test_a_page_that_answers_with_errors_keeps_the_words(browser_page: Any) -> None:
    browser, path = browser_page
    browser.get(path)
    data = {"caption": "현관 문턱", "is_health": "y"}
    answer = browser.post(path, data, status=422)
    assert "빈 파일입니다" in answer.get_data(as_text=True)
    kept = browser.page.form("photos/new").fields if browser.page else {}
    assert (kept["caption"], kept["is_health"]) == ("현관 문턱", "y")


@pytest.fixture
def browser_page(sign_in_as: Enter, household: Household) -> tuple[Browser, str]:
    return sign_in_as(Role.WORKER), f"/households/{household.id}/photos/new"


def test_without_script_a_photo_is_sent_by_a_page(session: Session, browser_page: Any, household: Household) -> None:
    browser, path = browser_page
    form = browser.get(path).form("photos/new")
    data = {**form.fields, "caption": "집 앞", "photo": (BytesIO(pictures.photo()), "사진.jpg")}
    answer = browser.open(path, method="post", data=data, status=302)
    assert answer.headers["Location"] == f"/households/{household.id}/photos"
    assert "집 앞" in browser.get(answer.headers["Location"]).text
    assert count(session) == 1


def test_each_photo_stands_in_the_access_log(session: Session, camera: Camera) -> None:
    told = camera.send(pictures.photo())
    row = session.scalars(select(AccessLog).where(AccessLog.subject == f"attachment:{told['id']}")).one()
    assert (row.action.value, row.household_id, row.detail) == ("ATTACH", camera.household_id, "photo added")


@pytest.mark.usefixtures("full_disk")
def test_on_a_disk_that_is_nearly_full_photos_are_refused_first_and_notes_go_on(
    session: Session, camera: Camera, household: Household
) -> None:
    told = camera.send(pictures.photo(), status=422)
    assert told["code"] == "DISK_NEARLY_FULL"
    assert "글은 그대로 저장됩니다" in told["text"]
    draft_id, headers = new_id(), {"X-CSRFToken": str(camera.token), "Accept": "application/json"}
    body = {"body": {"welfare_note": "쌀이 떨어짐"}, "version": 0}
    path = f"/households/{household.id}/drafts/visit/{draft_id}"
    camera.browser.open(path, method="put", json=body, headers=headers, status=200)
    assert session.get_one(VisitDraft, draft_id).body["welfare_note"] == "쌀이 떨어짐"
    assert count(session) == 0


def test_a_draft_that_is_thrown_away_takes_its_photos_with_it(
    session: Session, town: Town, sign_in_as: Enter, household: Household, add: AddPhoto, now: datetime
) -> None:
    draft = visits.save_draft(
        session, household, new_id(), form="visit", body={}, version=0, actor=town.who(town.nurse), now=now
    )
    mine, other = add(visit_id=draft.id), add(visit_id=new_id())
    draft_id = draft.id
    browser = sign_in_as(town.nurse)
    browser.get(f"/households/{household.id}/visits/new")
    browser.post(f"/drafts/{draft_id}/discard")
    assert session.get_one(Attachment, mine.id).removed_because == "작성하던 기록을 버림"
    assert session.get_one(Attachment, other.id).removed_at is None


def test_the_visit_form_shows_what_was_taken_for_its_draft(
    session: Session, town: Town, sign_in_as: Enter, household: Household, add: AddPhoto, now: datetime
) -> None:
    draft_id = new_id()
    visits.save_draft(
        session, household, draft_id, form="visit", body={}, version=0, actor=town.who(town.nurse), now=now
    )
    photo = add("약", visit_id=draft_id)
    photo_id = photo.id
    answer = sign_in_as(town.nurse).open(f"/households/{household.id}/visits/new", status=200)
    page = answer.get_data(as_text=True)
    assert f"/attachments/{photo_id}/small" in page
    assert f'data-visit-id="{draft_id}"' in page


def test_photos_of_many_records_are_read_in_one_statement(
    session: Session, town: Town, add: AddPhoto, counted_statements: Any
) -> None:
    visit_ids = [new_id() for _ in range(5)]
    for visit_id in visit_ids:
        add(visit_id=visit_id)
    session.flush()
    worker = town.who(town.worker)
    with counted_statements() as statements:
        found = queries.list_of_visits(session, worker, visit_ids)
    assert [len(found[visit_id]) for visit_id in visit_ids] == [1] * 5
    assert len(statements) == 1


def test_an_error_in_the_verb_leaves_no_file(
    session: Session, town: Town, household: Household, store: FileStore, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_them: Any, **_more: Any) -> None:
        raise RuntimeError("the log cannot be written")

    before = files_in(store.folder)
    monkeypatch.setattr(service.photos, "record_attached", broken)
    with pytest.raises(RuntimeError):
        service.add_photo(
            session, household, PhotoDetails(new_id(), "약"), prepare_picture(pictures.photo()), store=store,
            actor=town.who(town.nurse), now=now,
        )  # fmt: skip
    assert files_in(store.folder) == before


def test_a_photo_needs_its_words(
    session: Session, town: Town, household: Household, store: FileStore, now: datetime
) -> None:
    with pytest.raises(RuleBroken, match="CAPTION_NEEDED"):
        service.add_photo(
            session, household, PhotoDetails(new_id(), ""), prepare_picture(pictures.photo()), store=store,
            actor=town.who(town.nurse), now=now,
        )  # fmt: skip
