"""The blueprint of all pages of the calendar."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("calendars", __name__)
