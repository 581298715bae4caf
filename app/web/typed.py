"""What a page sends while somebody is still typing: the texts of a form as JSON."""

from __future__ import annotations

from typing import Any

from flask import request

from app.web.forms import as_typed


def json_sent() -> Any:
    """The JSON of the request; None where there is none, or none that anybody means: nested a thousand deep."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def texts_by_name(body: Any, *, most: int) -> dict[str, list[str]] | None:
    """The texts of a form by their names, as forms send them; None: no form at all, or more than `most` names."""
    if not isinstance(body, dict) or len(body) > most:
        return None
    sent = {str(name): value if isinstance(value, list) else [value] for name, value in body.items()}
    return {name: [storable(text) for text in values if isinstance(text, str)] for name, values in sent.items()}


def storable(text: str) -> str:
    """As a form's field would have it; JSON can hold half a letter besides, which nothing can store or show."""
    return str(as_typed(text.encode("utf-8", "ignore").decode("utf-8")))
