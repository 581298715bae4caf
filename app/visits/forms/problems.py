"""Bring what the rules found back to the fields: refusals as errors, questions as boxes to tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.visits.rules import Problem


def show_problems(form: Any, problems: Iterable[Problem], places: Mapping[str, Any]) -> None:
    """Put each problem at its field (`places`: the rule's field name → the form's field), or on top of the form.

    Questions («맞습니까?») go to `form.questions` as well; ticking one sends its key back as `confirmed`.
    """
    for problem in problems:
        field = places.get(problem.field)
        if not problem.is_refusal:
            form.questions.append(problem)
        if field is None:
            form.form_errors = [*form.form_errors, problem.message]
        else:
            field.errors = [*field.errors, problem.message]
