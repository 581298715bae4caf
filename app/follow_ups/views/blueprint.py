"""The pages of follow-ups."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("follow_ups", __name__)
