"""The rules of a 시군구 as its people read them, and what another version would move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.follow_ups.models import Obligation, RuleVersionRow, TermRow
from app.follow_ups.queries.dues import compute_dues
from app.follow_ups.queries.judging import working_days_for
from app.follow_ups.queries.previews import Preview, in_batches, preview_of
from app.follow_ups.queries.rule_book import engine_rule, list_rule_versions, rule_book
from app.follow_ups.queries.touched import list_under_rule
from app.follow_ups.rules import RuleVersion
from app.follow_ups.rules.comparing import DueChange, compare
from app.follow_ups.rules.drafts import RuleDraft
from app.households.models import Household, Member
from app.households.queries import visible_to
from app.households.rules import HouseholdStatus


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with the version in force, what waits to follow it, and how often it holds."""

    row: RuleVersionRow
    rule: RuleVersion
    waiting: tuple[RuleVersionRow, ...]
    standing: int
    """Terms of this rule that stand in one's scope."""
    first_id: int
    """Id of the version that was added first: it names the rule in addresses."""
    newest_id: int
    """Id of the version that was added last: whoever saw it has seen them all."""
    taken: tuple[str, ...]
    """The names its versions bear."""


def list_rule_lines(session: Session, who: Identity, *, today: date) -> list[RuleLine]:
    """Every rule of `who`'s 시군구, in the order in which they came into being."""
    by_code = _by_code(session, who.district_id)
    standing = _count_standing(session, who, today=today)
    lines = [_line(rows, standing.get(code, 0), today) for code, rows in by_code.items()]
    return sorted(lines, key=lambda line: line.first_id)


def _line(rows: list[RuleVersionRow], standing: int, today: date) -> RuleLine:
    in_force = holding_row(rows, today)
    waiting = tuple(row for row in rows if row.effective_from > today and row is not in_force)
    ids = [row.id for row in rows]
    return RuleLine(
        in_force, engine_rule(in_force), waiting, standing, min(ids), max(ids), tuple(row.version for row in rows)
    )


def rows_in_force(session: Session, district_id: int, *, today: date) -> dict[str, RuleVersionRow]:
    """The version of each rule, by code, that judges today."""
    return {code: holding_row(rows, today) for code, rows in _by_code(session, district_id).items()}


def _by_code(session: Session, district_id: int) -> dict[str, list[RuleVersionRow]]:
    found: dict[str, list[RuleVersionRow]] = {}
    for row in list_rule_versions(session, district_id):
        found.setdefault(row.code, []).append(row)
    return found


def holding_row(rows: Sequence[RuleVersionRow], on: date) -> RuleVersionRow:
    """The version that judges on a day, as the engine chooses it; `rows` ascending."""
    return next((row for row in reversed(rows) if row.effective_from <= on), rows[0])


def _count_standing(session: Session, who: Identity, *, today: date) -> dict[str, int]:
    statement = (
        select(RuleVersionRow.code, func.count(TermRow.id))
        .join(TermRow, TermRow.rule_version_id == RuleVersionRow.id)
        .join(Household, Household.id == TermRow.household_id)
        .outerjoin(Member, Member.id == TermRow.member_id)
        .where(
            visible_to(who), Household.status == HouseholdStatus.ACTIVE, Member.left_on.is_(None),
            TermRow.closed_on.is_(None), or_(TermRow.ends_on.is_(None), TermRow.ends_on >= today),
        )
        .group_by(RuleVersionRow.code)
    )  # fmt: skip
    return {row[0]: row[1] for row in session.execute(statement)}


def get_rule(session: Session, who: Identity, rule_id: int) -> RuleVersionRow:
    """A version that came with the product or belongs to `who`'s own 시군구, or NotFound."""
    row = session.get(RuleVersionRow, rule_id) if rule_id <= LARGEST_KEY else None
    if row is None or row.district_id not in (None, who.district_id):
        raise NotFound
    return row


def list_versions_of(session: Session, row: RuleVersionRow, *, district_id: int) -> list[RuleVersionRow]:
    """Every version of a rule with who added it, the newest first."""
    statement = (
        select(RuleVersionRow)
        .where(
            RuleVersionRow.code == row.code,
            or_(RuleVersionRow.district_id.is_(None), RuleVersionRow.district_id == district_id),
        )
        .order_by(RuleVersionRow.effective_from.desc(), RuleVersionRow.district_id.is_(None), RuleVersionRow.id.desc())
        .options(joinedload(RuleVersionRow.set_by).options(lazyload(Account.centre), lazyload(Account.district)))
    )
    return list(session.scalars(statement))


def find_line(session: Session, who: Identity, row: RuleVersionRow, *, today: date) -> RuleLine:
    """The rule that a version belongs to."""
    rows = list(list_rule_versions(session, who.district_id, row.code))
    return _line(rows, _count_standing(session, who, today=today).get(row.code, 0), today)


def is_used(session: Session, row: RuleVersionRow) -> bool:
    """Whether a stored answer was judged by this version."""
    return session.scalar(select(Obligation.id).where(Obligation.rule_version_id == row.id).limit(1)) is not None


def hypothetical(draft: RuleDraft, base: RuleVersionRow) -> RuleVersionRow:
    """A draft as a row that nobody has stored, following `base`."""
    return RuleVersionRow(
        code=draft.code, version=draft.version, name=draft.name, profession=base.profession, whom=base.whom,
        kind=base.kind, parameters=dict(draft.parameters), counts_modes=list(draft.counts_modes),
        counts_purposes=list(draft.counts_purposes), shift=draft.shift, lead_days=draft.lead_days,
        effective_from=draft.effective_from, effective_until=None, source=draft.source,
        confidence=draft.confidence.value, note=draft.why,
    )  # fmt: skip


def preview_rule(session: Session, who: Identity, row: RuleVersionRow, *, today: date, page: int = 1) -> Preview:
    """What a version that is not stored would move in `who`'s scope, on the day from which it would hold.

    Raises MissingHolidayYear when its dates reach a year without holidays.
    """
    on, ids = max(today, row.effective_from), list_under_rule(session, who.district_id, row.code)
    changes = list(_changes(session, who, row, ids, on))
    return preview_of(session, changes, on=on, looked_at=len(ids), page=page)


def _changes(session: Session, who: Identity, row: RuleVersionRow, ids: Sequence[int], on: date) -> Iterator[DueChange]:
    district_id = who.district_id
    now, days = rule_book(session, district_id), working_days_for(session, district_id)
    then = now.with_version(row)
    for batch in in_batches(session, who, ids):
        before = compute_dues(session, batch, district_id=district_id, today=on, book=now, days=days)
        after = compute_dues(session, batch, district_id=district_id, today=on, book=then, days=days)
        for household_id in batch:
            yield from compare(before.get(household_id, ()), after.get(household_id, ()))
