"""The measure: the same pages in bare Flask with raw SQL and Jinja. No forms library, no ORM, no policy, no scoping.

`whole` also does what every page of the product must: find the session and who is covered, and add the chained row to
the access log. Without it a page is nothing but its rows and its HTML, with one person built in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.core.clock import KOREA
from flask import Flask, g, request
from flask.templating import render_template
from tests.benchmarks.raw.database import Database

TOKEN = "a token of the benchmark"
WEEKDAYS = "월화수목금토일"
WHO = """SELECT a.id, a.name, a.role, a.centre_id, a.district_id, c.name AS centre, s.seen_at, s.created_at
    FROM user_session s JOIN account a ON a.id = s.account_id JOIN centre c ON c.id = a.centre_id
    WHERE s.token_hash = ? AND s.revoked_at IS NULL AND a.disabled_at IS NULL"""
WITHOUT_SESSION = """SELECT a.id, a.name, a.role, a.centre_id, a.district_id, c.name AS centre
    FROM account a JOIN centre c ON c.id = a.centre_id WHERE a.login = ?"""
LOG = """INSERT INTO access_log (chain, position, at, actor_id, address, device, request_id, action, subject, household_id,
    row_count, detail, purpose, hash_before, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
HEAD = "SELECT position, hash FROM access_chain WHERE chain = ?"
OUTING = "SELECT * FROM outing WHERE account_id = ? AND ended_at IS NULL ORDER BY started_at DESC LIMIT 1"
MENU = (("오늘", "/today", "today"), ("가구", "/households", "household"), ("일정", "/calendar", "calendar"), ("발굴", "/discoveries/queue", "discovery"),
        ("사례", "/cases", "case"), ("외근", "/out", "pin"), ("보고서", "/reports", "report"))  # fmt: skip
"""What those who visit see; the product asks its policy."""
ROLES = {"WORKER": "복지담당", "NURSE": "방문간호사"}
View = Callable[..., Any]


def make_app(database: Database, login: str, *, whole: bool) -> Flask:
    """The bare application, signed in as `login`."""
    app = Flask("raw", template_folder=str(Path(__file__).parent / "templates"))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    me = database.row(WITHOUT_SESSION, login)
    if whole:
        _sign_in(database, me["id"])
    app.config.update(DATABASE=database, ME=me, WHOLE=whole)
    return app


def _sign_in(database: Database, account_id: int) -> None:
    now = database.stored(datetime.now(UTC))
    with database.transaction():
        database.write("DELETE FROM user_session WHERE token_hash = ?", _hash(TOKEN))
        database.write(
            "INSERT INTO user_session (token_hash, account_id, created_at, seen_at, revoked_because, address, device)"
            " VALUES (?, ?, ?, ?, '', '', '')", _hash(TOKEN), account_id, now, now,
        )  # fmt: skip


def page(app: Flask, path: str, *, method: str = "GET", action: str = "VIEW") -> Callable[[View], View]:
    """A view in one transaction; it returns its answer, and the households its log row names."""

    def decorate(view: View) -> View:
        @app.route(path, methods=[method], endpoint=view.__name__)
        @wraps(view)
        def opened(**values: Any) -> Any:
            database: Database = app.config["DATABASE"]
            whole = app.config["WHOLE"]
            with database.transaction() if whole or method == "POST" else nullcontext():
                g.me = _who(database) if whole else app.config["ME"]
                answer, shown = view(database, **values)
                if whole:
                    write_log(database, action, shown)
            return answer

        return opened

    return decorate


def _who(database: Database) -> Any:
    me = database.row(WHO, _hash(request.cookies["token"]))
    today = today_of(database)
    database.rows(
        "SELECT absent_id FROM cover WHERE covered_by_id = ? AND ended_at IS NULL AND from_on <= ? AND until_on >= ?",
        me["id"], today, today,
    )  # fmt: skip
    return me


def write_log(database: Database, action: str, shown: list[int], subject: str = "") -> None:
    """One row more in the centre's chain."""
    me, now = g.me, datetime.now(UTC)
    chain = f"centre-{me['centre_id']}"
    head = database.row(HEAD if database.is_sqlite else f"{HEAD} FOR UPDATE", chain)
    values = [
        chain, head["position"] + 1, now.isoformat(), me["id"], request.remote_addr, request.user_agent.string[:120],
        uuid4().hex, action, subject, shown[0] if len(shown) == 1 else None, len(shown), ",".join(map(str, shown)), "",
    ]  # fmt: skip
    digest = hashlib.sha256(f"{head['hash']}\n{json.dumps(values, ensure_ascii=False)}".encode()).hexdigest()
    values[2] = database.stored(now)
    database.write(LOG, *values, head["hash"], digest)
    database.write(
        "UPDATE access_chain SET position = ?, hash = ? WHERE chain = ?", head["position"] + 1, digest, chain
    )


def show(template: str, database: Database, **context: Any) -> str:
    """A page in the frame: the menu, the alerts that wait, the own outing."""
    unread = "SELECT count(*) AS n FROM alert WHERE recipient_id = ? AND read_at IS NULL"
    return render_template(
        template, me=g.me, alerts=database.row(unread, g.me["id"])["n"], outing=next(iter(database.rows(OUTING, g.me["id"])), None),
        menu=MENU, here=request.path, role=ROLES[g.me["role"]], token=TOKEN, **context,
    )  # fmt: skip


def today_of(database: Database) -> Any:
    """Today as a parameter."""
    today = datetime.now(KOREA).date()
    return today.isoformat() if database.is_sqlite else today


def said(on: date | None, today: date) -> str:
    """«11/18(수)»."""
    if on is None:
        return "없음"
    year = "" if on.year == today.year else f"{on.year}. "
    return f"{year}{on.month}/{on.day}({WEEKDAYS[on.weekday()]})"


def timing(on: date, today: date) -> str:
    """«5일 지남»."""
    days = (on - today).days
    return f"{-days}일 지남" if days < 0 else f"{days}일 뒤" if days else "오늘"


def because(stored: Any) -> list[str]:
    """The texts of a stored because."""
    return [line["text"] for line in (json.loads(stored) if isinstance(stored, str) else stored)]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
