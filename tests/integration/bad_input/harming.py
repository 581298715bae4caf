"""A sound page made unsound in the ways that matter, to see that each is noticed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from app.core.database import unit_of_work
from app.extensions import db
from app.households.models import RiskChange
from flask import Flask, Response, make_response, redirect, request
from sqlalchemy import func, update
from tests.integration.bad_input.nonsense import RESIDENT_NUMBER


def crash(_answer: Response) -> Response:
    raise ZeroDivisionError


def rewrite(pattern: str, by: str) -> Callable[[Response], Response]:
    """Harm the page's text."""

    def rewritten(answer: Response) -> Response:
        answer.set_data(re.sub(pattern, by, answer.get_data(as_text=True), flags=re.DOTALL))
        return answer

    return rewritten


def unescaped(answer: Response) -> Response:
    answer.set_data(unescape(answer.get_data(as_text=True)))
    return answer


def stored_all_the_same(answer: Response) -> Response:
    stored_as("아무 말")(answer)
    return answer


def stored_as(reason: Any) -> Callable[[Response], Response]:
    """Harm what was stored, and take whatever was refused."""

    def stored(answer: Response) -> Response:
        with unit_of_work(db.session):
            db.session.execute(update(RiskChange).values(reason=reason))
        return answer if answer.status_code == 302 else make_response(redirect(request.path))

    return stored


HARMS: dict[str, Callable[[Response], Response]] = {
    "answers 500": crash,
    "shows what was typed as markup": unescaped,
    "answers 422 without a word": rewrite('<div class="(error-summary|field-error)".*?</div>', ""),
    "says «This field is required.»": rewrite("<li>[^<]*[가-힣][^<]*</li>", "<li>This field is required.</li>"),
    "marks reason without saying why": rewrite('id="reason-error"', ""),
    "refuses without leading to a field": rewrite('href="#', 'data-href="'),
    "answers 422 without the form": rewrite("<form([^>]*) novalidate([^>]*)>", r'<form\1\2 action="/elsewhere">'),
    "loses ": rewrite("(<textarea[^>]*>).*?(</textarea>)", r"\1\2"),
    "loses the choice": rewrite(" checked", ""),
    "does not keep": stored_as(func.substr(RiskChange.reason, 1, 20)),
    "and yet changes ['risk_change']": stored_all_the_same,
    "takes spaces for an answer": stored_as(" "),
    "stores a resident number": stored_as(RESIDENT_NUMBER),
    "leads to the front door": lambda _answer: make_response(redirect("/sign-in")),
}


def harmed(app: Flask, endpoint: str, harm: Callable[[Response], Response]) -> Callable[..., Response]:
    """The view of an endpoint, whose answers to what is sent are harmed on their way out."""
    sound = app.view_functions[endpoint]

    def view(**url_values: Any) -> Response:
        answer: Response = sound(**url_values)  # type: ignore[assignment]
        return harm(answer) if request.method == "POST" else answer

    return view
