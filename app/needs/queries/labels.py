"""What an item is called, wherever its code was kept: in a plan, a provider's entry, minutes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.errors import NotFound
from app.needs.models import NeedsForm
from app.needs.queries.assessments import latest_needs
from app.needs.queries.instruments import form_in_force, read
from app.providers.rules import NeedItem, need_label


def item_label(session: Session, code: str) -> str:
    """«신체 건강» for an item as it comes with the product, an office's own words for its own; the code of none."""
    if not code or code in NeedItem.__members__:
        return need_label(code) if code else ""
    forms = session.scalars(select(NeedsForm).where(NeedsForm.district_id.is_not(None)).order_by(NeedsForm.id.desc()))
    found = (read(row).item(code) for row in forms)
    return next((item.label for item in found if item is not None), code)


def needs_to_choose(session: Session, household_id: int, who: Identity, *, on: date) -> list[tuple[str, str]]:
    """Code and words of every item a goal may name: what the latest survey found, the gravest first, then the others.

    A need of health stands among the others where `who` does not read health.
    """
    needs = latest_needs(session, household_id, who=who)
    found = {
        need.code: f"{item_label(session, need.code)} ({need.level.label})" for need in needs if need.level.severity
    }
    try:
        form = read(form_in_force(session, who.district_id, on=on))
    except NotFound:
        return list(found.items())
    rest = {item.code: item_label(session, item.code) for item in form.items if item.code not in found}
    return [*found.items(), *rest.items()]
