"""A person decides whom a held row means: the one on record, somebody else of that household, somebody new, or later.

Whatever is decided can be taken back. What was said of a person and a household is remembered for later lists.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.text import name_key
from app.discoveries import queries
from app.discoveries.models import DecidedLink, ListRow, RowCandidate
from app.discoveries.queries import known_people_of, person_key
from app.discoveries.rules import RowOutcome, judge_match, sureness
from app.discoveries.service.people import as_household, as_member
from app.discoveries.service.triage import keep_item_true
from app.discoveries.service.writing import compared
from app.follow_ups import service as follow_ups
from app.households import service as households
from app.households.models import Household, Member
from app.households.rules import ClosureReason, Relation

_TAKEN_BACK = "발굴 명단에서 정한 것을 되돌림"


def link(session: Session, row: ListRow, household_id: int, *, actor: Identity, now: datetime) -> None:
    """«같은 사람입니다»: join the row to one of its candidates. What is on record there stays as it is.

    Sent twice it changes nothing.

    Raises:
        RuleBroken: the row is not held any more, or the household is none of its candidates.
    """
    if _is_linked_to(session, row, household_id):
        return
    candidate = _candidate(row, household_id)
    _settle(session, row, RowOutcome.JOINED, household_id, candidate.member_id, actor=actor, now=now)
    _remember(session, row, household_id, is_same=True, actor=actor, now=now)
    _record(session, row, "연결", actor=actor, now=now)


def link_as_member(
    session: Session, row: ListRow, household_id: int, *, actor: Identity, now: datetime
) -> Member | None:
    """«같은 가구의 다른 사람입니다»: add the listed person to the household of a candidate and join the row to it.

    Returns the new member, None when it was done before.

    Raises:
        RuleBroken: as `link`, or the household has this very person.
    """
    if _is_linked_to(session, row, household_id):
        return None
    member = _joining(session, row, _candidate(row, household_id).household, actor=actor, now=now)
    _settle(session, row, RowOutcome.JOINED, household_id, member.id, actor=actor, now=now)
    _remember(session, row, household_id, is_same=True, actor=actor, now=now)
    _record(session, row, "가구원으로 연결", actor=actor, now=now)
    return member


def as_new(session: Session, row: ListRow, *, actor: Identity, now: datetime) -> Household:
    """«새 가구입니다»: none of the candidates. The refusal is remembered; a household is created in the row's centre.

    Sent twice it creates one household.

    Raises:
        RuleBroken: the row is not held any more.
    """
    _hold_fast(session, row)
    if row.outcome is RowOutcome.NEW and row.household is not None:
        return row.household
    _refuse_decided(row)
    for candidate in row.candidates:
        _remember(session, row, candidate.household_id, is_same=False, actor=actor, now=now)
    household = _made(session, row, actor=actor, now=now)
    row.made_id = household.id
    _settle(session, row, RowOutcome.NEW, household.id, household.members[0].id, actor=actor, now=now)
    _remember(session, row, household.id, is_same=True, actor=actor, now=now)
    _record(session, row, "새 가구", actor=actor, now=now)
    return household


def hold(session: Session, row: ListRow, *, actor: Identity, now: datetime) -> None:
    """«보류»: put the row behind those that nobody has looked at; it stays to be decided.

    Raises:
        RuleBroken: the row is not held any more.
    """
    _hold_fast(session, row)
    _refuse_decided(row)
    row.decided_by_id, row.decided_at = actor.account_id, now
    _record(session, row, "보류", actor=actor, now=now)


def unlink(session: Session, row: ListRow, *, actor: Identity, now: datetime) -> None:
    """Take a link or a new household back: the row is to be decided again, and everything stands as it stood before.
    Sent twice it changes nothing.

    A member that the decision added is noted as gone, a household it created is closed: what was true for a while is
    kept in their history. What had been joined without asking is asked from now on. What an earlier row had said of
    the same person and household holds again, and so does «보류».

    Raises:
        RuleBroken: there is nothing to take back, or the household it created is being looked after already.
    """
    _hold_fast(session, row)
    if row.is_held:
        return
    if not row.may_be_undone or row.household is None:
        raise RuleBroken("NOTHING_TO_UNDO", "되돌릴 결정이 없는 줄입니다.")
    if row.outcome is RowOutcome.NEW:
        _close_made(session, row, row.household, actor=actor, now=now)
    else:
        _unjoin(session, row, row.household, actor=actor, now=now)
    _forget(session, row)
    row.outcome, row.household_id, row.member_id = RowOutcome.HELD, None, None
    row.give_mark_back()
    _carry_on(session, row)
    keep_item_true(session, row)
    _record(session, row, "되돌림", actor=actor, now=now)


def _hold_fast(session: Session, row: ListRow) -> None:
    """Two people must not decide one row at once."""
    session.scalars(
        select(ListRow).where(ListRow.id == row.id).with_for_update().execution_options(populate_existing=True)
    ).one()


def _is_linked_to(session: Session, row: ListRow, household_id: int) -> bool:
    _hold_fast(session, row)
    if row.outcome is RowOutcome.JOINED and row.household_id == household_id:
        return True
    _refuse_decided(row)
    return False


def _refuse_decided(row: ListRow) -> None:
    if row.is_held:
        return
    who = f"{row.decided_by.name} 님이" if row.decided_by else "다른 사람이"
    number = row.household.number if row.household else ""
    what = f"새 가구 {number}" if row.outcome is RowOutcome.NEW else f"{number} 가구에 연결"
    raise RuleBroken("DECIDED_ALREADY", f"{who} 먼저 정한 줄입니다({what}). 다르게 보이면 되돌린 뒤 정해 주세요.")


def _candidate(row: ListRow, household_id: int) -> RowCandidate:
    for candidate in row.candidates:
        if candidate.household_id == household_id:
            return candidate
    raise RuleBroken("NO_CANDIDATE", "이 줄과 견준 가구가 아닙니다. 화면을 새로 열어 주세요.")


def _settle(
    session: Session, row: ListRow, outcome: RowOutcome, household_id: int, member_id: int | None, *, actor: Identity,
    now: datetime,
) -> None:  # fmt: skip
    row.take_mark_along()
    row.outcome, row.household_id, row.member_id = outcome, household_id, member_id
    row.decided_by_id, row.decided_at = actor.account_id, now
    _carry_on(session, row)
    keep_item_true(session, row)
    for waiting in queries.list_resembling(session, row.id):
        if waiting.centre_id == row.centre_id:
            _offer(session, waiting, household_id)


def _carry_on(session: Session, row: ListRow) -> None:
    """Rows that surely name the same person go the same way."""
    session.flush()
    followers = update(ListRow).where(ListRow.follows_id == row.id)
    session.execute(followers.values(household_id=row.household_id, member_id=row.member_id))
    session.refresh(row)


def _offer(session: Session, row: ListRow, household_id: int) -> None:
    """Let a held row be compared with one more household, by its likeliest member."""
    if any(candidate.household_id == household_id for candidate in row.candidates):
        return
    person = row.person
    matches = [(judge_match(person, known.candidate), known) for known in known_people_of(session, household_id)]
    if not matches:
        return
    match, known = max(matches, key=lambda pair: sureness(pair[0]))
    position = 1 + max((candidate.position for candidate in row.candidates), default=-1)
    row.candidates.append(
        RowCandidate(
            household_id=household_id, member_id=known.member_id, position=position, degree=match.degree,
            compared=compared(match),
        )
    )  # fmt: skip
    session.flush()


def _made(session: Session, row: ListRow, *, actor: Identity, now: datetime) -> Household:
    """A new household, or the one that was created from this row before and taken back."""
    if row.made_id is None:
        return households.create_household(
            session, as_household(row.person, row.centre_id or 0), actor=actor, now=now
        )  # fmt: skip
    household = session.get_one(Household, row.made_id)
    households.reopen_household(session, household, actor=actor, now=now)
    follow_ups.refresh(session, household, today=korean_date(now))
    return household


def _joining(session: Session, row: ListRow, household: Household, *, actor: Identity, now: datetime) -> Member:
    """The listed person as a member: added, or back when an earlier decision had added and a later one removed them."""
    person = row.person
    for member in household.members:
        is_same = (name_key(member.name), member.birth_on) == (name_key(person.name), person.birth_on)
        if is_same and not member.is_present:
            households.member_returned(session, member, actor=actor, now=now)
            return member
    return households.add_member(session, household, as_member(person, Relation.OTHER), actor=actor, now=now)


def _unjoin(session: Session, row: ListRow, household: Household, *, actor: Identity, now: datetime) -> None:
    asked_of = {candidate.member_id for candidate in row.candidates}
    was_added = row.candidates and row.member is not None and row.member_id not in asked_of
    if was_added and row.member is not None and row.member.is_present:
        on = korean_date(now)
        households.member_left(session, row.member, on=on, because=_TAKEN_BACK, actor=actor, now=now)
    _offer(session, row, household.id)


def _close_made(session: Session, row: ListRow, household: Household, *, actor: Identity, now: datetime) -> None:
    if _is_looked_after(household):
        raise RuleBroken("LOOKED_AFTER", "이미 관리하기 시작한 가구입니다. 가구 화면에서 종료해 주세요.")
    if household.is_active:
        reason = ClosureReason.OTHER
        households.close_household(session, household, reason, note=_TAKEN_BACK, actor=actor, now=now)
        follow_ups.household_closed(session, household)
    for waiting in queries.list_resembling(session, row.id):
        waiting.candidates = [each for each in waiting.candidates if each.household_id != household.id]
    session.flush()


def _is_looked_after(household: Household) -> bool:
    has_people = household.worker_id is not None or household.nurse_id is not None
    was_called_on = household.last_seen_on is not None or household.absences_in_row > 0
    return has_people or was_called_on or household.version > 1


def _remember(
    session: Session, row: ListRow, household_id: int, *, is_same: bool, actor: Identity, now: datetime
) -> None:  # fmt: skip
    key = person_key(row.person)
    said = session.scalars(
        select(DecidedLink).where(DecidedLink.person_key == key, DecidedLink.household_id == household_id)
    ).one_or_none()
    if said is None:
        said = DecidedLink(person_key=key, household_id=household_id)
        session.add(said)
    said.is_same, said.list_row_id, said.decided_by_id, said.decided_at = is_same, row.id, actor.account_id, now
    session.flush()


def _forget(session: Session, row: ListRow) -> None:
    """What this row said holds no more; what another one had said before it holds again."""
    session.flush()
    for said in session.scalars(select(DecidedLink).where(DecidedLink.list_row_id == row.id)).all():
        earlier = queries.find_other_decision(session, said)
        if earlier is None:
            session.delete(said)
            continue
        other, said.is_same = earlier
        said.list_row_id, said.decided_by_id = other.id, other.decided_by_id
        said.decided_at = other.decided_at or said.decided_at
    session.flush()


def _record(session: Session, row: ListRow, what: str, *, actor: Identity, now: datetime) -> None:
    session.flush()
    audit.record(
        session, Action.DECIDE, subject=f"list-row:{row.id}", household_id=row.household_id, detail=what, actor=actor,
        now=now,
    )  # fmt: skip
