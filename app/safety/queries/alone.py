"""Read who was allowed to go alone, and who asked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import WITH_CENTRE
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.safety.models import AloneOverride


class Asked(NamedTuple):
    """Somebody asked the supervisor to let them go alone."""

    account: Account
    on: date
    at: datetime


def find_override(session: Session, household_id: int, account_id: int, *, on: date) -> AloneOverride | None:
    """The permission for one person to go alone to a household on a day; None when there is none."""
    statement = select(AloneOverride).where(
        AloneOverride.household_id == household_id, AloneOverride.account_id == account_id, AloneOverride.on == on
    )
    return session.scalars(statement.order_by(AloneOverride.id.desc())).first()


def list_allowed(session: Session, household_id: int, *, first_on: date, last_on: date) -> frozenset[tuple[int, date]]:
    """Who may go alone to a household on which days, both ends included."""
    return allowed_at(session, {household_id}, first_on=first_on, last_on=last_on).get(household_id, frozenset())


def allowed_at(
    session: Session, household_ids: Collection[int], *, first_on: date, last_on: date
) -> dict[int, frozenset[tuple[int, date]]]:
    """Who may go alone on which days, both ends included, by household; those without any are left out."""
    statement = select(AloneOverride.household_id, AloneOverride.account_id, AloneOverride.on).where(
        AloneOverride.household_id.in_(household_ids), AloneOverride.on.between(first_on, last_on)
    )
    found: dict[int, set[tuple[int, date]]] = defaultdict(set)
    for household_id, account_id, on in session.execute(statement):
        found[household_id].add((account_id, on))
    return {household_id: frozenset(who) for household_id, who in found.items()}


def list_overrides(session: Session, household_id: int, *, first_on: date) -> Sequence[AloneOverride]:
    """Permissions to go alone to a household from a day on, the next day first."""
    statement = select(AloneOverride).where(AloneOverride.household_id == household_id, AloneOverride.on >= first_on)
    return session.scalars(statement.order_by(AloneOverride.on, AloneOverride.id)).all()


def asked_subject(household_id: int, account_id: int, on: date) -> str:
    """What an alert is about that asks for the permission to go alone."""
    return f"alone:{household_id}:{account_id}:{on.isoformat()}"


def list_asked(session: Session, household_id: int, *, first_on: date) -> list[Asked]:
    """Who asked to go alone to a household on a day from `first_on` on and was not answered yet, the first on top."""
    told = session.execute(
        select(Alert.subject, Alert.created_at).where(
            Alert.kind == AlertKind.ALONE, Alert.household_id == household_id,
            Alert.subject.startswith(f"alone:{household_id}:", autoescape=True),
        ).order_by(Alert.id)
    )  # fmt: skip
    wanted = {_asked(subject): at for subject, at in told}
    last_on = max((on for _, on in wanted), default=first_on)
    allowed = list_allowed(session, household_id, first_on=first_on, last_on=last_on)
    people = {
        each.id: each
        for each in session.scalars(
            select(Account).where(Account.id.in_({key for key, _ in wanted})).options(*WITH_CENTRE)
        )
    }
    return [
        Asked(people[key], on, at)
        for (key, on), at in wanted.items()
        if on >= first_on and (key, on) not in allowed and key in people
    ]


def _asked(subject: str) -> tuple[int, date]:
    _, _, account_id, on = subject.split(":")
    return int(account_id), date.fromisoformat(on)
