"""The absence ladder of a 시군구 as its people read it, and what another version would move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, lazyload

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.follow_ups.models import LadderVersion
from app.follow_ups.queries.histories import list_places
from app.follow_ups.queries.judging import Grounds, due_of, grounds_of, judge_places
from app.follow_ups.queries.previews import Preview, in_batches, preview_of
from app.follow_ups.queries.rule_book import LadderBook
from app.follow_ups.queries.touched import list_with_absences
from app.follow_ups.rules import AbsenceLadder, Due, ladder_from
from app.follow_ups.rules.comparing import DueChange, compare
from app.follow_ups.rules.drafts import LadderDraft


@dataclass(frozen=True, slots=True)
class LadderLine:
    """The ladder in force with all its versions, the newest first."""

    row: LadderVersion
    ladder: AbsenceLadder
    versions: tuple[LadderVersion, ...]

    @property
    def newest_id(self) -> int:
        """Id of the version that was added last: whoever saw it has seen them all."""
        return max(row.id for row in self.versions)

    @property
    def taken(self) -> list[str]:
        """The names its versions bear."""
        return [row.version for row in self.versions]


def find_ladder(session: Session, who: Identity, *, today: date) -> LadderLine:
    """The absence ladder of `who`'s 시군구, or NotFound where none was ever loaded."""
    rows = list_ladder_versions(session, who.district_id)
    if not rows:
        raise NotFound
    in_force = holding_version(rows, today)
    return LadderLine(in_force, ladder_from(in_force.document), tuple(rows))


def list_ladder_versions(session: Session, district_id: int) -> Sequence[LadderVersion]:
    """Every version with who added it, the newest first."""
    statement = (
        select(LadderVersion)
        .where(or_(LadderVersion.district_id.is_(None), LadderVersion.district_id == district_id))
        .order_by(LadderVersion.effective_from.desc(), LadderVersion.district_id.is_(None), LadderVersion.id.desc())
        .options(joinedload(LadderVersion.set_by).options(lazyload(Account.centre), lazyload(Account.district)))
    )
    return session.scalars(statement).all()


def holding_version(rows: Sequence[LadderVersion], on: date) -> LadderVersion:
    """The version that holds on a day, the first for a day before any did; `rows` newest first."""
    return next((row for row in rows if row.effective_from <= on), rows[-1])


def get_ladder_version(session: Session, who: Identity, version_id: int) -> LadderVersion:
    """A version that came with the product or belongs to `who`'s own 시군구, or NotFound."""
    row = session.get(LadderVersion, version_id) if version_id <= LARGEST_KEY else None
    if row is None or row.district_id not in (None, who.district_id):
        raise NotFound
    return row


def preview_ladder(session: Session, who: Identity, draft: LadderDraft, *, today: date, page: int = 1) -> Preview:
    """What a ladder that is not stored would ask for in `who`'s scope, on the day from which it would hold."""
    on, ids = max(today, draft.effective_from), list_with_absences(session, who.district_id)
    changes = list(_changes(session, who, draft, ids, on))
    return preview_of(session, changes, on=on, looked_at=len(ids), page=page)


def _changes(session: Session, who: Identity, draft: LadderDraft, ids: Sequence[int], on: date) -> Iterator[DueChange]:
    now = grounds_of(session, who.district_id, today=on)
    added = (draft.effective_from, ladder_from(draft.as_document()))
    versions = sorted([*now.ladders.versions, added], key=lambda version: version[0])
    then = replace(now, ladders=LadderBook(tuple(versions)))
    for batch in in_batches(session, who, ids):
        before, after = _steps(session, batch, now), _steps(session, batch, then)
        for household_id in batch:
            yield from compare(before.get(household_id, ()), after.get(household_id, ()))


def _steps(session: Session, household_ids: Sequence[int], grounds: Grounds) -> dict[int, list[Due]]:
    """What the ladder asks for, household by household; terms are left aside."""
    judged = judge_places(session, list_places(session, household_ids), grounds)
    return {
        each.place.id: [
            due_of(answer, today=grounds.today)
            for answer in each.judged
            if answer.term_id is None and answer.answer.due_on is not None
        ]
        for each in judged
    }
