"""A reminder said as a mail, with links that work outside of any request."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from flask import Flask

from app.access.permissions import Role
from app.config import Settings
from app.reminders.service import Reminder, Words


class Pages:
    """Addresses of the product's pages as the world knows them."""

    def __init__(self, app: Flask, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._routes = app.url_map.bind(parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme)

    def __call__(self, endpoint: str, *, anchor: str = "", **values: str | int | date) -> str:
        """The address of a view, with what it does not know of as a query."""
        return self._routes.build(endpoint, values, force_external=True) + (f"#{anchor}" if anchor else "")


def words_of(app: Flask, settings: Settings) -> Words | None:
    """What says reminders in this installation; None where no mail is sent."""
    if settings.mail is None:
        return None
    page = Pages(app, settings.base_url)

    def say(reminder: Reminder) -> tuple[str, str]:
        own = {"assignee": reminder.account.id} if reminder.account.role is Role.SUPERVISOR else {}
        known = {"morning": reminder.morning, "weekly": reminder.weekly, "page": page, "own": own}
        subject = app.jinja_env.get_template("messages/daily/subject.txt").render(known)
        return subject.strip(), app.jinja_env.get_template("messages/daily/body.txt").render(known).strip()

    return say
