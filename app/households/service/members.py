"""The people of a household: added, changed, gone, back. Nobody is deleted."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.core.text import normalise, search_key
from app.households.models import Household, HouseholdChange, Member
from app.households.rules import NAME_UNKNOWN, MemberDetails
from app.households.service.keeping import apply_columns, keep, refuse_stale
from app.households.service.stored import MEMBER_FIELDS, member_columns


def add_member(
    session: Session, household: Household, details: MemberDetails, *, actor: Identity, now: datetime
) -> Member:
    """Add a person to a household.

    Raises:
        RuleBroken: the name is empty, or this very person is there already.
    """
    _refuse_nameless(details)
    _refuse_twin(household, details)
    position = 1 + max((member.position for member in household.members), default=-1)
    member = Member(position=position, **member_columns(details))
    household.members.append(member)
    session.flush()
    keep(session, household, [(f"가구원 {position + 1} 추가", "", member.name)], actor=actor, now=now)
    return member


def edit_member(
    session: Session, member: Member, details: MemberDetails, *, version: int, actor: Identity, now: datetime
) -> list[HouseholdChange]:
    """Change what is known of a person.

    Raises:
        RuleBroken: the name is empty.
        StaleRecord: the household was saved since the form was opened.
    """
    _refuse_nameless(details)
    household = member.household
    refuse_stale(session, household, version)
    changes = [
        (f"{member_label(member)} {label}", before, after)
        for label, before, after in apply_columns(member, member_columns(details), MEMBER_FIELDS)
    ]
    return keep(session, household, changes, actor=actor, now=now)


def member_left(session: Session, member: Member, *, on: date, because: str, actor: Identity, now: datetime) -> None:
    """Note that somebody no longer belongs to the household (moved, died); the person stays on record.

    Raises:
        RuleBroken: the last person cannot leave (the household is closed instead), somebody who left already, a day
            ahead, or no reason.
    """
    household = member.household
    if not member.is_present:
        raise RuleBroken("LEFT_ALREADY", "이미 제외한 가구원입니다.")
    if [other for other in household.members if other.is_present] == [member]:
        raise RuleBroken("LAST_MEMBER", "마지막 가구원입니다. 가구를 종료해 주세요.")
    if on > korean_date(now):
        raise RuleBroken("LEFT_AHEAD", "오늘보다 뒤의 날짜입니다.", field="on")
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 빠졌는지 적어 주세요.", field="because")
    member.left_on, member.left_because = on, mask_resident_numbers(because)
    _keep_leaving(session, member, "", _leaving(member), actor=actor, now=now)


def member_returned(session: Session, member: Member, *, actor: Identity, now: datetime) -> None:
    """Take back `member_left`; somebody who is there stays as they are."""
    if member.is_present:
        return
    before = _leaving(member)
    member.left_on, member.left_because = None, ""
    _keep_leaving(session, member, before, "", actor=actor, now=now)


def member_label(member: Member) -> str:
    """What the history calls a member: the place in the list, for names change."""
    return f"가구원 {member.position + 1}"


def _leaving(member: Member) -> str:
    return f"{member.left_on} {member.left_because}"


def _keep_leaving(session: Session, member: Member, before: str, after: str, *, actor: Identity, now: datetime) -> None:
    keep(session, member.household, [(f"{member_label(member)} 제외", before, after)], actor=actor, now=now)


def _refuse_nameless(details: MemberDetails) -> None:
    if not normalise(details.name):
        raise RuleBroken("NAME_NEEDED", "이름을 적어 주세요. 모르면 «이름 모름»이라고 적습니다.", field="name")


def _refuse_twin(household: Household, details: MemberDetails) -> None:
    """A form sent twice adds one person. Two people without names may be two people."""
    wanted = member_columns(details)
    key = search_key(wanted["name"])
    for member in household.members:
        is_same = (search_key(member.name), member.relation, member.birth_on, member.birth_year) == (
            key, wanted["relation"], wanted["birth_on"], wanted["birth_year"]
        )  # fmt: skip
        if is_same and key != search_key(NAME_UNKNOWN):
            raise RuleBroken("MEMBER_KNOWN", "이미 등록된 가구원입니다.", field="name")
