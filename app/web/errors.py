"""Error pages in Korean. A form that was posted comes back on the page, so that nothing typed is lost."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app.core.errors import NotAllowed, NotFound
from app.extensions import db

log = logging.getLogger("outreach.web")

TEXTS = {
    400: (
        "요청을 알아볼 수 없습니다",
        "화면을 새로 연 뒤 다시 해 주세요. 입력한 글은 아래에 그대로 있습니다.",
    ),
    401: ("로그인이 필요합니다", "다시 로그인하면 이어서 쓸 수 있습니다. 임시 저장된 글은 그대로 있습니다."),
    403: ("이 일을 할 권한이 없습니다", "필요한 일이라면 팀장이나 시스템 관리자에게 말씀해 주세요."),
    404: ("찾을 수 없습니다", "주소가 바뀌었거나, 담당 범위 밖의 자료입니다."),
    405: ("이렇게는 열 수 없습니다", "뒤로 가서 화면의 단추로 다시 해 주세요."),
    409: (
        "다른 곳에서 먼저 바뀌었습니다",
        "바뀐 내용을 확인한 뒤 다시 저장해 주세요. 입력한 글은 아래에 그대로 있습니다.",
    ),
    413: ("너무 큽니다", "파일은 12MB까지 올릴 수 있습니다. 나누어 올려 주세요."),
    429: ("잠시 뒤에 다시 해 주세요", "짧은 시간에 너무 많이 요청했습니다."),
    500: (
        "문제가 생겼습니다",
        "잠시 뒤 다시 해 주세요. 계속되면 아래 요청 번호를 시스템 관리자에게 알려 주세요.",
    ),
    503: (
        "지금은 열 수 없습니다",
        "데이터베이스나 접속기록에 문제가 있어 화면을 보여 드리지 않습니다. 잠시 뒤 다시 해 주세요.",
    ),
}
NEVER_KEPT = ("csrf_token", "password", "current", "new", "again")


def install_error_pages(app: Flask) -> None:
    """Turn what the layers below raise into pages."""
    app.register_error_handler(NotFound, lambda _error: error_page(404))
    app.register_error_handler(NotAllowed, lambda _error: error_page(403))
    app.register_error_handler(CSRFError, lambda _error: error_page(400))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(SQLAlchemyError, _database_error)
    app.register_error_handler(Exception, _unexpected)


def error_page(code: int) -> Response:
    """The page (or JSON) for a status code, with what was typed."""
    db.session.rollback()
    title, text = TEXTS.get(code, TEXTS[500])
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return make_response(jsonify(code=code, title=title, text=text), code)
    page = render_template(
        "errors/error.html",
        code=code,
        title=title,
        text=text,
        kept=_kept(),
        back_url=_back(),
        request_id=g.get("request_id"),
    )
    return make_response(page, code)


def _http_error(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    return error if code < 400 else error_page(code)


def _database_error(error: SQLAlchemyError) -> Response:
    _log("database", error)
    return error_page(503 if isinstance(error, OperationalError) or "access_" in str(error) else 500)


def _unexpected(error: Exception) -> Response:
    _log("unexpected", error)
    return error_page(500)


def _log(kind: str, error: Exception) -> None:
    """Where it happened, without the message: messages can carry what was typed."""
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/app/')[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("%s %s", kind, type(error).__name__, extra={"frames": frames[-12:], "endpoint": request.endpoint})


def _kept() -> dict[str, str]:
    """What was typed, field by field; empty for pages without a form."""
    try:
        typed: Any = request.form.items(multi=True)
    except HTTPException:  # a body over the limit cannot be read at all
        return {}
    return {name: value for name, value in typed if value.strip() and name not in NEVER_KEPT}


def _back() -> str:
    return request.path if request.method != "GET" else "/"
