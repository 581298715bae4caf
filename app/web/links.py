"""`url_for` of the templates, made cheap: a list of a hundred households asks for seven hundred addresses.

Building an address takes Werkzeug some ten microseconds, whatever the key in it. Here each kind of address is built
once, with figures in place of the keys, and filled in from then on.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, request

STANDS_FOR = 7_311_000_001
"""Figures that occur in no address of ours by themselves; the second value is the next number."""


class Links:
    """Answers like `app.url_for`."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.patterns: dict[tuple[str, ...], str] = {}
        self.files: dict[tuple[str, ...], str] = {}

    def __call__(self, endpoint: str, **values: Any) -> str:
        """The address of an endpoint. Values that are not plain keys or page numbers are left to Flask."""
        place = request.script_root if request else ""
        if endpoint == "static":
            return self._file(place, values)
        for value in values.values():
            if type(value) is not int or value < 0:
                return self.app.url_for(endpoint, **values)
        kind = (place, endpoint, *values)
        pattern = self.patterns.get(kind)
        if pattern is None:
            pattern = self.patterns[kind] = self._learn(endpoint, *values)
        return pattern.format_map(values)

    def _file(self, place: str, values: dict[str, Any]) -> str:
        """The address of a file of ours: templates name some hundred, and draw sixty icons out of one of them."""
        kind = (place, *map(str, values.values()))
        if kind not in self.files:
            self.files[kind] = self.app.url_for("static", **values)
        return self.files[kind]

    def _learn(self, endpoint: str, *names: str) -> str:
        figures: dict[str, Any] = {name: STANDS_FOR + number for number, name in enumerate(names)}
        pattern = self.app.url_for(endpoint, **figures).replace("{", "{{").replace("}", "}}")
        for name, figure in figures.items():
            pattern = pattern.replace(str(figure), f"{{{name}}}")
        return pattern


def install_links(app: Flask) -> None:
    """Let templates ask for addresses the cheap way."""
    app.jinja_env.globals["url_for"] = Links(app)
