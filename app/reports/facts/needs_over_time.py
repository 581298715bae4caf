"""Needs, first and latest beside each other, as far as the reader of a paper may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.households.models import Household
from app.needs.queries import Need, compare_rows, first_and_latest, latest_assessment, needs_of, read
from app.reports.rules import wording
from app.reports.rules.closing_sheets import NeedChangeFacts

NEEDS_WITHHELD = "건강에 관한 욕구는 열람 권한이 없어 뺐습니다"


@dataclass(frozen=True, slots=True)
class NeedsOverTime:
    """Every domain that the reader may see; `withheld` says so where one was left out."""

    rows: tuple[NeedChangeFacts, ...] = ()
    assessed: str = ""
    """«2026. 2. 10. → 2026. 9. 10.», one day where there is one survey, empty where there is none."""
    withheld: str = ""


def needs_over_time(
    session: Session, who: Identity, household: Household, *, until: date | None = None
) -> NeedsOverTime:
    """The first survey and the latest up to a day; domains of health for those who may read the household's health."""
    pair = first_and_latest(session, household.id, until=until)
    if pair is None:
        return NeedsOverTime()
    hidden = set() if _reads_health(who, household) else {
        each.label for row in pair for each in read(row.form).domains if each.is_health
    }  # fmt: skip
    found = compare_rows(*pair)
    rows = tuple(
        NeedChangeFacts(
            domain=each.label,
            first=each.first.label if each.first else "",
            latest=each.latest.label if each.latest else "",
            change=each.turn.label if found.first_on else "",
        )
        for each in found.domains
        if each.label not in hidden
    )
    since = f"{wording.day(found.first_on)} → " if found.first_on else ""
    left_out = NEEDS_WITHHELD if len(rows) < len(found.domains) else ""
    return NeedsOverTime(rows, f"{since}{wording.day(found.latest_on)}", left_out)


def shared_needs(session: Session, household: Household, *, with_health: bool) -> str:
    """«가족 내 안전 유지(긴급), …»: what the latest survey found to be needed, of health only where that goes along."""
    row = latest_assessment(session, household.id)
    if row is None:
        return ""
    health = {each.label for each in read(row.form).domains if each.is_health}
    found = sorted(needs_of(row), key=lambda need: -need.level.severity)
    told = (each for each in found if each.level.is_needed and (with_health or each.domain not in health))
    return ", ".join(map(_said, told))


def _said(need: Need) -> str:
    return f"{need.label}({need.level.label})"


def _reads_health(who: Identity, household: Household) -> bool:
    return can(who, Permission.READ_NURSING_NOTE, household)
