"""Response headers of every page: strict CSP, no caching of signed-in pages, a request id."""

from __future__ import annotations

from uuid import uuid4

from flask import Flask, Response, g, request

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self' data: blob:"
)
KEPT_BY_DEVICES = ("calendars.read_feed",)
"""What says itself how long it may be kept; a calendar asks with what it has, and gets «unchanged» for an answer."""


def install_headers(app: Flask, *, production: bool) -> None:
    """Give each request an id and each response its headers."""

    @app.before_request
    def name_request() -> None:
        g.request_id = uuid4().hex

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "geolocation=(), microphone=()"
        headers["X-Request-Id"] = g.get("request_id", "")
        if request.endpoint in KEPT_BY_DEVICES:
            headers.setdefault("Cache-Control", "no-store")
        elif request.endpoint != "static":
            headers["Cache-Control"] = "no-store"
        if production:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response
