"""JSON log lines without personal data: what is not on the list of allowed fields is not written."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from typing import Any

from flask import Flask, Response, g, request

ALLOWED = ("request_id", "method", "endpoint", "status", "milliseconds", "frames", "job", "count")
FEED_ADDRESS = re.compile(r"(/calendar/feed/)[^\s\"'?#]+")
"""Whoever reads such an address in a log could read somebody's calendar; a server may name a path where it fails."""


class JsonLines(logging.Formatter):
    """One JSON object a line. Messages are ours; exception texts and URLs' values are left out."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname,
            "logger": record.name,
            "text": _readable(record.getMessage()),
        }
        line |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def _readable(text: str) -> str:
    """One line, without what opens a calendar."""
    return FEED_ADDRESS.sub(r"\1…", text.replace("\n", " ").replace("\r", " ").replace("\x1b", ""))


def configure_logs() -> None:
    """Send all logs to standard error as JSON lines."""
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [stream]
    root.setLevel(logging.WARNING)
    logging.getLogger("outreach").setLevel(logging.INFO)


def log_requests(app: Flask) -> None:
    """One line a request: endpoint, status, milliseconds; never the path, which holds keys."""
    log = logging.getLogger("outreach.request")

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint != "static":
            spent = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1)
            log.info(
                "request",
                extra={
                    "request_id": g.get("request_id"),
                    "method": request.method,
                    "endpoint": request.endpoint,
                    "status": response.status_code,
                    "milliseconds": spent,
                },
            )
        return response
