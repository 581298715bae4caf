"""Forms of the calendar."""

from __future__ import annotations
