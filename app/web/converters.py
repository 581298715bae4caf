"""What a part of a URL can be besides a number and a UUID."""

from __future__ import annotations

from datetime import date

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError


class DayConverter(BaseConverter):
    """A calendar date: `/calendar/day/2026-11-24`; a date that does not exist is no page."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


def install_converters(app: Flask) -> None:
    """Let routes name them: `<day:on>`."""
    app.url_map.converters["day"] = DayConverter
