"""The `outreach` command line: set up, serve, look after, import, print. One module for each kind of work."""

from app.cli import checks, lists, papers, setting_up, timetable
from app.cli.entry import main

__all__ = ["checks", "lists", "main", "papers", "setting_up", "timetable"]
