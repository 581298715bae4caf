"""The blueprint of all pages of supervision."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("supervision", __name__)
