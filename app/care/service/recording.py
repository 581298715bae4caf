"""What a visit form says of care, stored in the transaction of the record; and written anew by a correction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.care.models import Intervention, Medicine, MedicineCheck, Problem, ProblemRating
from app.care.queries import NOT_TIED, confirmed_by_check, omaha, picks, sight_of
from app.care.rules import (
    POINTS,
    CareDetails,
    ChangeOf,
    Checked,
    Done,
    ListAnswer,
    MedicineChange,
    MedicineDetails,
    served,
)
from app.care.service.medicines import keep_confirmed, put_on_list, replace_on_list, take_off_list
from app.care.service.problems import rate_problem
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.core.text import normalise
from app.households.models import Household


@dataclass(frozen=True, slots=True)
class Occasion:
    """The visit that care was given on. `author_id` is whose record it is, also where somebody else corrects it."""

    visit_id: UUID
    on: date
    members_seen: frozenset[int]
    author_id: int


def record_care(
    session: Session, household: Household, care: CareDetails, occasion: Occasion, *, actor: Identity, now: datetime
) -> None:
    """Store what was done, rated and checked on a visit.

    Raises:
        RuleBroken: a pick, a problem or a member there is not, a rating with a scale missing, or medicines by somebody
            who is not a nurse.
    """
    problems = _visible_problems(session, household, actor)
    _refuse_unfit(household, care, problems, actor)
    _keep_done(session, household, care.done, problems, occasion)
    for rated in care.ratings:
        rate_problem(
            session, problems[rated.problem_id], rated, on=occasion.on, visit_id=occasion.visit_id, actor=actor, now=now
        )
    for checked in care.checks:
        _keep_check(session, household, checked, occasion)
        _keep_changes(session, household, checked, occasion, now=now)


def _visible_problems(session: Session, household: Household, actor: Identity) -> dict[int, Problem]:
    sight = sight_of(actor, household)
    rows = session.scalars(select(Problem).where(Problem.household_id == household.id).order_by(Problem.id))
    return {row.id: row for row in rows if sight.shows(omaha().kind(row.code), opened_by_id=row.opened_by_id)}


def _refuse_unfit(household: Household, care: CareDetails, problems: Mapping[int, Problem], actor: Identity) -> None:
    if any(each.target not in picks().all for each in care.done):
        raise RuleBroken("NO_SUCH_PICK", "없는 항목입니다. 화면을 새로 열어 다시 골라 주세요.")
    named = {each.problem_id for each in care.done} | {each.problem_id for each in care.ratings}
    if not named - {None, NOT_TIED} <= set(problems):
        raise RuleBroken("NO_SUCH_PROBLEM", "이 가구의 문제가 아닙니다. 화면을 새로 열어 주세요.")
    if care.checks and not can(actor, Permission.KEEP_MEDICINES, household):
        raise RuleBroken("NURSE_ONLY", "복약 확인은 방문간호사만 적을 수 있습니다.")
    if not {each.member_id for each in care.checks} <= {member.id for member in household.members}:
        raise RuleBroken("NOT_A_MEMBER", "이 가구의 가구원이 아닙니다.")


def _keep_done(
    session: Session, household: Household, done: Sequence[Done], problems: Mapping[int, Problem], occasion: Occasion
) -> None:
    open_ones = [
        (row.id, row.code)
        for row in problems.values()
        if row.closed_on is None and (row.member_id is None or row.member_id in occasion.members_seen)
    ]
    for each in done:
        pick = picks().pick(each.target)
        problem_id = served(open_ones, pick.problems) if each.problem_id is None else each.problem_id or None
        whose = problems[problem_id].member_id if problem_id else None
        session.add(
            Intervention(
                household_id=household.id, visit_id=occasion.visit_id, problem_id=problem_id,
                member_id=whose or _only(occasion.members_seen), kind=pick.kind, target=pick.code,
                note=mask_resident_numbers(each.note), done_on=occasion.on, by_id=occasion.author_id,
            )
        )  # fmt: skip
    session.flush()


def _only(members: Collection[int]) -> int | None:
    return next(iter(members)) if len(members) == 1 else None


def _keep_check(session: Session, household: Household, checked: Checked, occasion: Occasion) -> None:
    answers = {point: checked.answers[point] for point in POINTS if checked.answers.get(point)}
    if checked.changes or checked.begun:
        answers["list"] = ListAnswer.CHANGED.value
    if not answers:
        return
    session.add(
        MedicineCheck(
            household_id=household.id, visit_id=occasion.visit_id, member_id=checked.member_id, answers=answers,
            checked_on=occasion.on, by_id=occasion.author_id,
        )
    )  # fmt: skip
    session.flush()
    if answers.get("list") == ListAnswer.SAME:
        keep_confirmed(session, checked.member_id, occasion.on)


def _keep_changes(
    session: Session, household: Household, checked: Checked, occasion: Occasion, *, now: datetime
) -> None:
    member = next(member for member in household.members if member.id == checked.member_id)
    for change in checked.changes:
        _change(session, change, checked.member_id, occasion, now=now)
    for begun in checked.begun:
        put_on_list(session, member, begun, on=occasion.on, by_id=occasion.author_id, now=now)


def _change(session: Session, change: MedicineChange, member_id: int, occasion: Occasion, *, now: datetime) -> None:
    """One line of the list; what somebody else ended meanwhile has ended."""
    medicine = session.get(Medicine, change.medicine_id, with_for_update=True)
    if medicine is None or medicine.member_id != member_id:
        raise RuleBroken("NO_SUCH_MEDICINE", "이 사람의 약이 아닙니다. 화면을 새로 열어 주세요.")
    if medicine.ended_on is not None:
        return
    if change.change is ChangeOf.STOPPED:
        take_off_list(medicine, change.how.strip() or "먹지 않음", on=occasion.on)
        return
    if normalise(change.how) in ("", medicine.how):
        return
    details = MedicineDetails(
        medicine.name, how=change.how, prescribed_by=medicine.prescribed_by, since_on=medicine.since_on
    )
    replace_on_list(session, medicine, details, because="", on=occasion.on, by_id=occasion.author_id, now=now)


def replace_care(
    session: Session, household: Household, care: CareDetails, occasion: Occasion, *, actor: Identity, now: datetime
) -> None:
    """Write anew what the author of a record did, rated and checked, as far as whoever corrects it may see it.

    What a colleague recorded on the same visit stays, and follows the day. Changes of the medicine list are not taken
    back here: they are made on the list itself.

    Raises:
        RuleBroken: as `record_care`.
    """
    problems = _visible_problems(session, household, actor)
    _refuse_unfit(household, care, problems, actor)
    reads_health = can(actor, Permission.READ_NURSING_NOTE, household)
    _drop_done(session, occasion, problems, reads_health=reads_health)
    own = (ProblemRating.visit_id == occasion.visit_id, ProblemRating.by_id == occasion.author_id)
    _drop_ratings(session, *own, ProblemRating.problem_id.in_(problems))
    if can(actor, Permission.KEEP_MEDICINES, household):
        whose = (MedicineCheck.visit_id == occasion.visit_id, MedicineCheck.by_id == occasion.author_id)
        _drop_each_check(session, *whose)
    move_care(session, occasion.visit_id, occasion.on)
    record_care(session, household, care, occasion, actor=actor, now=now)


def _drop_done(session: Session, occasion: Occasion, problems: Mapping[int, Problem], *, reads_health: bool) -> None:
    own = (Intervention.visit_id == occasion.visit_id, Intervention.by_id == occasion.author_id)
    for row in session.scalars(select(Intervention).where(*own)):
        is_hidden = row.problem_id is not None and row.problem_id not in problems
        if reads_health or not (is_hidden or picks().pick(row.target).is_health):
            session.delete(row)
    session.flush()


def _drop_ratings(session: Session, *which: Any) -> None:
    for rating in session.scalars(select(ProblemRating).where(*which)).all():
        problem = rating.problem
        session.delete(rating)
        session.flush()
        session.expire(problem, ["ratings"])


def _drop_each_check(session: Session, *which: Any) -> None:
    """Take checks back, and with them what they confirmed."""
    for check in session.scalars(select(MedicineCheck).where(*which)).all():
        session.delete(check)
        session.flush()
        if check.answers.get("list") == ListAnswer.SAME:
            _unconfirm(session, check)


def _unconfirm(session: Session, check: MedicineCheck) -> None:
    others = confirmed_by_check(session, check.member_id)
    mine = (Medicine.member_id == check.member_id, Medicine.confirmed_on == check.checked_on)
    for medicine in session.scalars(select(Medicine).where(*mine, Medicine.ended_on.is_(None))):
        written_on = korean_date(medicine.at)
        medicine.confirmed_on = max([min(written_on, check.checked_on), *(on for on in others if on >= written_on)])


def move_care(session: Session, visit_id: UUID, on: date) -> None:
    """Let everything of care on a visit follow its day."""
    days: Sequence[tuple[Any, str]] = (
        (Intervention, "done_on"), (ProblemRating, "rated_on"), (MedicineCheck, "checked_on"),
    )  # fmt: skip
    for table, day in days:
        session.execute(update(table).where(table.visit_id == visit_id).values({day: on}))
