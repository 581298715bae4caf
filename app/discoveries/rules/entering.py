"""By which ways somebody is entered by hand: all but the lists of the national and local systems. Pure."""

from __future__ import annotations

from datetime import timedelta

from app.cases.rules import Route

LISTED = frozenset({Route.SYS_CENTRAL, Route.SYS_LOCAL})
TYPED = tuple(route for route in Route if route not in LISTED)
LONGEST_AGO = timedelta(days=366)
"""Nobody remembers what was heard longer ago."""
