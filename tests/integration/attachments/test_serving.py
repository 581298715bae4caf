"""Pictures are served through the access check alone, taken away with a reason, and brought back while they can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.attachments import queries, service
from app.attachments.models import Attachment
from app.attachments.rules import Place
from app.attachments.service import FileStore
from app.audit.models import AccessLog
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.households.models import Household
from app.households.rules import HealthGround
from app.scheduler.timetable import job_named
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.integration.attachments.conftest import AddPhoto, age, files_in
from tests.moments import NOW

Enter = Callable[[Role | Account], Browser]


def test_a_picture_comes_as_a_jpeg_nothing_else_can_be_made_of(sign_in_as: Enter, add: AddPhoto) -> None:
    photo_id = add().id
    browser = sign_in_as(Role.WORKER)
    whole = browser.open(f"/attachments/{photo_id}", status=200)
    assert Image.open(BytesIO(whole.data)).size == (640, 480)
    assert whole.headers["Content-Type"] == "image/jpeg"
    assert whole.headers["Content-Disposition"] == f'inline; filename="{photo_id}.jpg"'
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Cache-Control"] == "no-store"
    assert whole.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    small = browser.open(f"/attachments/{photo_id}/small", status=200)
    assert Image.open(BytesIO(small.data)).size == (400, 300)


def test_each_look_at_a_picture_is_recorded(session: Session, sign_in_as: Enter, add: AddPhoto, town: Town) -> None:
    photo_id = add().id
    browser = sign_in_as(town.worker)
    for path in ("", "/small", "/about"):
        browser.open(f"/attachments/{photo_id}{path}", status=200)
    looks = select(AccessLog).where(AccessLog.subject == f"attachment:{photo_id}", AccessLog.action == "VIEW")
    assert [row.actor_id for row in session.scalars(looks)] == [town.worker.id] * 3


@pytest.mark.parametrize("login", ["narae_nurse", "narae_supervisor", "far_supervisor"])
def test_for_another_centre_no_picture_exists(sign_in_as: Enter, town: Town, add: AddPhoto, login: str) -> None:
    photo = add()
    photo_id, household_id = photo.id, photo.household_id
    browser = sign_in_as(town.accounts[login])
    for path in ("", "/small", "/about"):
        browser.open(f"/attachments/{photo_id}{path}", status=404)
    browser.open(f"/households/{household_id}/photos", status=404)
    assert queries.list_of_visits(town.session, town.who(town.accounts[login]), [photo_id]) == {}


@pytest.mark.parametrize(
    ("login", "ground", "responsible", "status"),
    [
        ("nurse", None, False, 200),
        ("worker", None, True, 403),
        ("worker", HealthGround.CONSENT, False, 403),
        ("worker", HealthGround.CONSENT, True, 200),
        ("supervisor", None, False, 403),
        ("supervisor", HealthGround.CONSENT, False, 200),
        ("district_officer", HealthGround.CONSENT, False, 403),
        ("privacy_officer", HealthGround.CONSENT, False, 403),
        ("administrator", HealthGround.CONSENT, False, 404),
    ],
)
def test_a_health_picture_is_for_those_who_may_read_the_nursing_note(
    sign_in_as: Enter, town: Town, household: Household, add: AddPhoto, login: str, ground: HealthGround | None,
    responsible: bool, status: int,
) -> None:  # fmt: skip
    household.health_ground = ground
    household.worker_id = town.worker.id if responsible else None
    photo = add("상처", is_health=True)
    photo_id, household_id = photo.id, household.id
    browser = sign_in_as(town.accounts[login])
    answers = {browser.open(f"/attachments/{photo_id}{path}").status_code for path in ("", "/small", "/about")}
    assert answers <= ({200} if status == 200 else {403, 404})
    if login in ("nurse", "worker", "supervisor", "district_officer"):
        page = browser.get(f"/households/{household_id}/photos").text
        assert ("상처" in page) is (status == 200)
        assert ("건강 사진 1장은 보이지 않습니다" in page) is (status != 200)


def test_the_page_of_photos_shows_them_by_month_and_goes_on(
    sign_in_as: Enter, household: Household, add: AddPhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.attachments.views.photos.A_PAGE", 2)
    for days, caption in ((0, "집 앞"), (1, "약"), (40, "냉장고")):
        add(caption, now=NOW - timedelta(days=days))
    browser = sign_in_as(Role.WORKER)
    page = browser.get(f"/households/{household.id}/photos")
    assert "2026년 11월 2장" in page.text
    assert "냉장고" not in page.text
    older = next(link for link in page.links() if "before=" in link)
    assert "2026년 10월 1장" in browser.get(older).text


def test_the_households_page_counts_the_photos_one_may_see(
    sign_in_as: Enter, town: Town, household: Household, add: AddPhoto
) -> None:
    add("집 앞"), add("상처", is_health=True)
    assert "사진 2장" in sign_in_as(town.nurse).get(f"/households/{household.id}").text
    assert "사진 1장" in sign_in_as(town.worker).get(f"/households/{household.id}").text


def test_a_lost_file_is_said_to_be_lost(
    sign_in_as: Enter, household: Household, add: AddPhoto, store: FileStore
) -> None:
    photo = add()
    photo_id, key = photo.id, photo.file_key
    store.forget(Place(key))
    browser = sign_in_as(Role.NURSE)
    browser.open(f"/attachments/{photo_id}", status=404)
    assert "파일이 없습니다" in browser.get(f"/attachments/{photo_id}/about").text
    assert "파일이 없습니다" in browser.get(f"/households/{household.id}/photos").text


def test_a_photo_is_taken_away_with_a_reason_and_brought_back(
    session: Session, sign_in_as: Enter, town: Town, household: Household, add: AddPhoto
) -> None:
    photo_id, photos = add().id, f"/households/{household.id}/photos"
    browser = sign_in_as(town.nurse)
    page = browser.get(f"/attachments/{photo_id}/about")
    refused = browser.submit(page.form("/remove"), reason="  ", status=422)
    assert "왜 빼는지 적어 주세요" in refused.get_data(as_text=True)
    browser.submit(page.form("/remove"), reason="다른 집 410302-2345678", status=302)
    assert session.get_one(Attachment, photo_id).removed_because == "다른 집 410302-*******"
    shown = browser.get(photos)
    assert "냉장고" not in shown.text
    browser.open(f"/attachments/{photo_id}", status=404)
    sign_in_as(town.worker).open(f"/attachments/{photo_id}/about", status=404)
    browser.submit(shown.form("/restore"), status=302)
    browser.open(f"/attachments/{photo_id}", status=200)
    assert session.get_one(Attachment, photo_id).removed_at is None


@pytest.mark.parametrize(
    ("login", "status"), [("other_nurse", 403), ("worker", 403), ("nurse", 302), ("supervisor", 302)]
)
def test_whoever_took_a_photo_or_the_supervisor_takes_it_away(
    sign_in_as: Enter, town: Town, add: AddPhoto, login: str, status: int
) -> None:
    photo_id = add().id
    browser = sign_in_as(town.accounts[login])
    browser.get("/households")
    browser.post(f"/attachments/{photo_id}/remove", {"reason": "잘못 찍음"}, status=status)


def test_a_supervisor_takes_no_health_picture_away_unseen(sign_in_as: Enter, town: Town, add: AddPhoto) -> None:
    photo_id = add("상처", is_health=True).id
    browser = sign_in_as(town.supervisor)
    browser.get("/households")
    browser.post(f"/attachments/{photo_id}/remove", {"reason": "잘못 찍음"}, status=404)


def test_after_thirty_days_the_file_is_deleted_and_the_row_stays(
    session: Session, town: Town, add: AddPhoto, store: FileStore
) -> None:
    nurse = town.who(town.nurse)
    gone, kept = add(), add()
    for days, photo in ((31, gone), (29, kept)):
        service.remove(session, photo, reason="잘못 찍음", actor=nurse, now=NOW - timedelta(days=days))
    assert service.delete_removed(session, store, now=NOW) == 1
    assert (store.holds(gone.file_key), store.holds(kept.file_key)) == (False, True)
    assert not store.holds(gone.file_key.replace(".jpg", ".small.jpg"))
    assert (gone.size, gone.removed_because) == (0, "잘못 찍음")
    assert service.delete_removed(session, store, now=NOW) == 0
    with pytest.raises(RuleBroken, match="FILE_DELETED"):
        service.restore(session, gone, actor=nurse, now=NOW)
    service.restore(session, kept, actor=nurse, now=NOW)
    assert service.read_file(store, kept)


def test_files_without_a_row_are_set_aside_after_a_day_and_deleted_after_thirty(
    session: Session, add: AddPhoto, store: FileStore
) -> None:
    photo, orphan = add(), Place.new(new_id(), "jpg")
    store.keep(orphan, b"whole", b"small")
    for path in files_in(store.folder):
        age(path, 0.5)
    assert service.sweep_orphans(session, store, now=NOW) == 0, "files of today belong to work that is not through"
    for path in files_in(store.folder):
        age(path, 2)
    assert service.sweep_orphans(session, store, now=NOW) == 2
    assert store.holds(photo.file_key)
    assert not store.holds(orphan.key)
    waiting = store.folder / "swept" / Path(orphan.key).name
    assert waiting.exists()
    assert service.sweep_orphans(session, store, now=NOW + timedelta(days=29)) == 0
    assert service.sweep_orphans(session, store, now=NOW + timedelta(days=31)) == 2
    assert not waiting.exists()


def test_the_jobs_of_the_timetable_find_the_folder(
    session: Session, add: AddPhoto, app: Flask, store: FileStore, town: Town
) -> None:
    photo = add()
    service.remove(session, photo, reason="잘못 찍음", actor=town.who(town.nurse), now=NOW - timedelta(days=31))
    removing, sweeping = job_named("delete-removed-files"), job_named("sweep-files")
    assert removing is not None
    assert sweeping is not None
    orphan = Place.new(new_id(), "jpg")
    store.keep(orphan, b"whole")
    age(store.folder / orphan.key, 2)
    with app.app_context():
        assert removing.work(session, NOW) == 1
        assert sweeping.work(session, NOW) == 1
    assert not store.holds(photo.file_key)
    assert not store.holds(orphan.key)


def test_the_key_of_waiting_photos_is_everybodys_own(sign_in_as: Enter, town: Town) -> None:
    keys = [
        sign_in_as(account).open("/photos/waiting-key", status=200).json["key"]  # type: ignore[index]
        for account in (town.nurse, town.nurse, town.worker)
    ]
    assert keys[0] == keys[1] != keys[2]
    assert len(bytes.fromhex(keys[0])) == 32
