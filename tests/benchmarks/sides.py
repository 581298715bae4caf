"""The product and the bare application over one database, each asked through Flask's test client."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from app.config import Settings
from app.core.clock import KOREA
from app.extensions import db
from app.factory import create_app
from flask import Flask
from sqlalchemy import Engine
from tests.benchmarks.population import PASSWORD
from tests.benchmarks.raw import household, lists, papers, triage, visit
from tests.benchmarks.raw.app import TOKEN, make_app
from tests.benchmarks.raw.database import Database
from werkzeug.test import TestResponse

TABLET = {"User-Agent": "Mozilla/5.0 (Linux; Android 14; SM-X200) benchmark"}


@dataclass(frozen=True)
class Subject:
    """A household a nurse looks after: what a visit to it is posted with."""

    id: int
    head: int
    members: Sequence[int]


class Ours:
    """The product, signed in."""

    def __init__(self, url: str, login: str) -> None:
        folder = Path(tempfile.mkdtemp(prefix="outreach-bench-"))
        self.app: Flask = create_app(
            Settings(folder, url, "a secret of the benchmark and of nothing else", run_jobs=False)
        )
        with self.app.app_context():
            self.engine: Engine = db.engine
        self.client = self.app.test_client()
        fields = {"login": login, "password": PASSWORD, "csrf_token": self._token("/sign-in")}
        self.expect(self.client.post("/sign-in", data=fields, headers=TABLET), 302)
        self.token = self._token("/me")
        cookie = self.client.get_cookie("outreach")
        assert cookie, "nobody is signed in"
        self.cookie = cookie.value

    def get(self, path: str) -> bytes:
        return self.expect(self.client.get(path, headers=TABLET), 200)

    def post(self, path: str, fields: dict[str, Any], status: int = 200) -> bytes:
        self.client.set_cookie("outreach", self.cookie)  # nobody opens the page that shows the last «saved»
        answer = self.client.post(path, data={"csrf_token": self.token, **fields}, headers=TABLET)
        return self.expect(answer, status)

    def _token(self, path: str) -> str:
        found = re.search(rb'name="csrf[-_]token" (?:content|value)="([^"]+)"', self.get(path))
        assert found, f"{path} shows no token"
        return found[1].decode()

    @staticmethod
    def expect(answer: TestResponse, status: int) -> bytes:
        """The body of an answer that must have this status."""
        assert answer.status_code == status, f"{answer.request.path}: {answer.status} {answer.text[:2000]}"
        return answer.data


class Raw:
    """The bare application; `whole` with session and access log."""

    def __init__(self, url: str, login: str, *, whole: bool) -> None:
        self.database = Database(url)
        app = make_app(self.database, login, whole=whole)
        lists.add_views(app)
        triage.add_view(app)
        household.add_view(app)
        visit.add_view(app)
        papers.add_views(app)
        self.client = app.test_client()
        self.client.set_cookie("token", TOKEN)

    def get(self, path: str) -> bytes:
        return Ours.expect(self.client.get(path, headers=TABLET), 200)

    def post(self, path: str, fields: dict[str, Any], status: int = 200) -> bytes:
        return Ours.expect(self.client.post(path, data=fields, headers=TABLET), status)


def visit_fields(subject: Subject, chance: Random) -> dict[str, Any]:
    """A nurse's visit of this moment, with a blood pressure and a pulse, under a new id."""
    now, at = datetime.now(KOREA), f"m{subject.head}-"
    return {
        "visit_id": str(UUID(int=chance.getrandbits(128), version=4)), "typed_at": now.isoformat(), "mode": "FACE",
        "purpose": "NURSING", "occurred_on": now.date().isoformat(), "began": now.strftime("%H:%M"),
        "members_seen": [str(member) for member in subject.members], "welfare_note": "밑반찬이 떨어져 나눔 냉장고를 안내함.",
        "nursing_note": "혈압 안정. 저녁 약을 거르지 않도록 안내함.", "shared_line": "식사량이 줄어 반찬 지원이 필요함.",
        f"{at}systolic": "128", f"{at}diastolic": "78", f"{at}pulse": "72",
    }  # fmt: skip
