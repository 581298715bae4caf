"""Gather everything that happened to a household from the slices that know it, one module per kind of event."""

from app.timelines.queries.line import Line, Told, read_line
from app.timelines.queries.visits import visit_text

__all__ = ["Line", "Told", "read_line", "visit_text"]
