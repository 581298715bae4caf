"""A household, a folder for its files, and a tablet that sends photos."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from app.attachments.models import Attachment
from app.attachments.rules import PhotoDetails
from app.attachments.service import FileStore, add_photo, prepare_picture
from app.config import Settings
from app.core.database import new_id
from app.households.models import Household
from flask import Flask
from sqlalchemy.orm import Session
from tests.browsing import Answer, Browser
from tests.factories.households import add_household
from tests.factories.pictures import photo
from tests.factories.town import Town
from tests.moments import NOW
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

AddPhoto = Callable[..., Attachment]


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse))


@pytest.fixture
def store(app: Flask, tmp_path: Path) -> Iterator[FileStore]:
    """The folder the pages serve from, this test's own."""
    before: Settings = app.config["OUTREACH"]
    app.config["OUTREACH"] = replace(before, files_folder=tmp_path / "files")
    yield FileStore(tmp_path / "files", before.files_reserve)
    app.config["OUTREACH"] = before


@pytest.fixture
def add(session: Session, town: Town, household: Household, store: FileStore) -> AddPhoto:
    """`add("냉장고", is_health=True)`: a photo of the household, by the nurse unless told."""

    def added(caption: str = "냉장고", *, login: str = "nurse", now: Any = NOW, **changes: Any) -> Attachment:
        details = PhotoDetails(changes.pop("photo_id", new_id()), caption, **changes)
        picture = prepare_picture(photo())
        return add_photo(
            session, household, details, picture, store=store, actor=town.who(town.accounts[login]), now=now
        )

    return added


class Camera:
    """Sends photos as photo.js does."""

    def __init__(self, browser: Browser, household: Household) -> None:
        self.browser, self.household_id = browser, household.id
        self.token = browser.get("/me").form("/me").fields["csrf_token"]

    def send(self, content: bytes, *, photo_id: UUID | None = None, status: int = 200, **fields: str) -> dict[str, Any]:
        """PUT one photo; what the server says of it."""
        values = {"caption": "냉장고", **fields, "photo": FileStorage(BytesIO(content), "photo.jpg")}
        boundary, body = encode_multipart(values)
        headers = {
            "X-CSRFToken": str(self.token),
            "Accept": "application/json",
            "Content-Type": f'multipart/form-data; boundary="{boundary}"',
        }
        path = f"/households/{self.household_id}/photos/{photo_id or new_id()}"
        answer = self.browser.open(path, method="put", data=body, headers=headers, status=status)
        return _json(answer)


def _json(answer: Answer) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(answer.get_data(as_text=True))
    return read


def age(path: Path, days: float) -> None:
    """Let a file look as if it had last been written so many days before NOW."""
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))


def files_in(folder: Path) -> set[Path]:
    """Every file below a folder."""
    return {path for path in folder.rglob("*") if path.is_file()}
