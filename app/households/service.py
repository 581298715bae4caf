"""Change households. Every edited field keeps who changed it, when, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.core.text import format_phone, normalise, phone_digits, tidy_address
from app.households.models import Household, HouseholdChange, Member, RiskChange, SafetyFlag, SearchGram
from app.households.queries import searchable
from app.households.rules import (
    Benefit,
    ClosureReason,
    DwellingDetails,
    FlagDetails,
    HouseholdDetails,
    HouseholdStatus,
    MemberDetails,
    Relation,
    Risk,
    grams_of,
)

HOUSEHOLD_FIELDS = {
    "household_type": "가구 유형",
    "benefits": "수급 유형",
    "health_ground": "건강정보 공유 근거",
    "road_address": "도로명주소",
    "lot_address": "지번주소",
    "unit": "동·호",
    "dwelling": "주거 형태",
    "approach": "찾아가는 길",
    "phone": "전화",
    "emergency_contact": "급할 때 연락처",
    "note": "메모",
}
MEMBER_FIELDS = {
    "name": "이름",
    "relation": "관계",
    "sex": "성별",
    "birth_on": "생년월일",
    "birth_year": "태어난 해",
    "phone": "전화",
    "note": "메모",
}


def create_household(session: Session, details: HouseholdDetails, *, actor: Identity, now: datetime) -> Household:
    """Add a household with its members; the first member is the head and gives it its title.

    Raises:
        RuleBroken: no member has a name.
        NotFound: the centre is out of scope.
    """
    if not details.members or not normalise(details.members[0].name):
        raise RuleBroken("NAME_NEEDED", "세대주 이름을 적어 주세요. 모르면 «이름 모름»이라고 적습니다.", field="name")
    centre = _locked_centre(session, details.centre_id, actor)
    centre.last_household_number += 1
    household = Household(
        number=f"{centre.code}-{centre.last_household_number:04d}", centre_id=centre.id, title="", created_at=now,
        created_by_id=actor.account_id, status=HouseholdStatus.ACTIVE, risk=Risk.NONE, absences_in_row=0, version=1,
        **_stored(details),
    )  # fmt: skip
    session.add(household)
    household.members = [
        Member(position=position, **_stored_member(member)) for position, member in enumerate(details.members)
    ]
    household.flags = []
    household.title = title_of(household.members)
    session.flush()
    _refresh_grams(session, household, is_new=True)
    audit.record(
        session,
        Action.CREATE,
        subject=f"household:{household.id}",
        household_id=household.id,
        actor=actor,
        now=now,
    )
    return household


def edit_household(
    session: Session,
    household: Household,
    details: HouseholdDetails,
    *,
    version: int,
    actor: Identity,
    now: datetime,
) -> list[HouseholdChange]:
    """Change what is known of a household (members have their own verbs); returns the changed fields.

    Raises:
        StaleRecord: somebody saved since the form was opened with `version`.
    """
    _refuse_stale(session, household, version)
    changes = list(_apply(household, _stored(details), HOUSEHOLD_FIELDS))
    return _keep(session, household, changes, actor=actor, now=now)


def add_member(
    session: Session, household: Household, details: MemberDetails, *, actor: Identity, now: datetime
) -> Member:
    """Add a person to a household.

    Raises:
        RuleBroken: the name is empty.
    """
    _refuse_nameless(details)
    position = 1 + max((member.position for member in household.members), default=-1)
    member = Member(position=position, **_stored_member(details))
    household.members.append(member)
    session.flush()
    _keep(session, household, [(f"가구원 {position + 1} 추가", "", member.name)], actor=actor, now=now)
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
    _refuse_stale(session, household, version)
    changes = [
        (f"가구원 {member.position + 1} {label}", before, after)
        for label, before, after in _apply(member, _stored_member(details), MEMBER_FIELDS)
    ]
    return _keep(session, household, changes, actor=actor, now=now)


def member_left(session: Session, member: Member, *, on: date, because: str, actor: Identity, now: datetime) -> None:
    """Note that somebody no longer belongs to the household (moved, died); the person stays on record.

    Raises:
        RuleBroken: the last person cannot leave; the household is closed instead.
    """
    household = member.household
    if [other for other in household.members if other.is_present] == [member]:
        raise RuleBroken("LAST_MEMBER", "마지막 가구원입니다. 가구를 종료해 주세요.")
    member.left_on, member.left_because = on, because
    _keep(
        session,
        household,
        [(f"가구원 {member.position + 1} 제외", "", f"{on} {because}")],
        actor=actor,
        now=now,
    )


def member_returned(session: Session, member: Member, *, actor: Identity, now: datetime) -> None:
    """Take back `member_left`."""
    before = f"{member.left_on} {member.left_because}"
    member.left_on, member.left_because = None, ""
    _keep(session, member.household, [(f"가구원 {member.position + 1} 제외", before, "")], actor=actor, now=now)


def judge_risk(
    session: Session, household: Household, risk: Risk, *, reason: str, actor: Identity, now: datetime
) -> RiskChange:
    """Set the risk level with its reason; every judgement stays on record.

    Raises:
        RuleBroken: no reason is given.
    """
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 그렇게 판단했는지 적어 주세요.", field="reason")
    today = korean_date(now)
    change = RiskChange(household_id=household.id, risk=risk, reason=reason, on=today, by_id=actor.account_id)
    session.add(change)
    _note(session, household, [("위험도", household.risk.label, risk.label)], actor=actor, now=now)
    household.risk, household.risk_since_on = risk, today
    _record_change(session, household, "위험도", actor=actor, now=now)
    return change


def raise_flag(
    session: Session, household: Household, details: FlagDetails, *, actor: Identity, now: datetime
) -> SafetyFlag:
    """Put up a safety flag.

    Raises:
        RuleBroken: no basis is given, or the review date has passed.
    """
    today = korean_date(now)
    if not details.basis.strip():
        raise RuleBroken("BASIS_NEEDED", "무엇을 보고 판단했는지 적어 주세요.", field="basis")
    if details.review_on <= today:
        raise RuleBroken("REVIEW_PAST", "다시 볼 날은 오늘보다 뒤여야 합니다.", field="review_on")
    flag = SafetyFlag(
        kind=details.kind, rule=details.rule, basis=details.basis, instruction=details.instruction, set_on=today,
        set_by_id=actor.account_id, review_on=details.review_on,
    )  # fmt: skip
    household.flags.insert(0, flag)
    session.flush()
    _record_change(session, household, f"안전 표시 {details.kind.label}", actor=actor, now=now)
    return flag


def end_flag(session: Session, flag: SafetyFlag, *, because: str, actor: Identity, now: datetime) -> None:
    """Take a safety flag down; it stays on record.

    Raises:
        RuleBroken: no reason is given.
    """
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 표시를 내리는지 적어 주세요.", field="because")
    flag.ended_on, flag.ended_because = korean_date(now), because
    _record_change(session, flag.household, f"안전 표시 내림 {flag.kind.label}", actor=actor, now=now)


def close_household(
    session: Session,
    household: Household,
    reason: ClosureReason,
    *,
    note: str,
    actor: Identity,
    now: datetime,
) -> None:
    """Stop looking after a household. Its dues end with it; `reopen_household` takes this back.

    Raises:
        RuleBroken: it is closed already, or «기타» has no words.
    """
    if not household.is_active:
        raise RuleBroken("CLOSED_ALREADY", "이미 종료한 가구입니다.")
    if reason is ClosureReason.OTHER and not note.strip():
        raise RuleBroken("REASON_NEEDED", "기타 사유를 적어 주세요.", field="note")
    household.status, household.closed_on = HouseholdStatus.CLOSED, korean_date(now)
    household.closure_reason, household.closure_note = reason, note
    _note(session, household, [("상태", "관리 중", f"종료 ({reason.label})")], actor=actor, now=now)
    audit.record(
        session,
        Action.CLOSE,
        subject=f"household:{household.id}",
        household_id=household.id,
        actor=actor,
        now=now,
    )


def reopen_household(session: Session, household: Household, *, actor: Identity, now: datetime) -> None:
    """Look after a closed household again."""
    household.status, household.closed_on = HouseholdStatus.ACTIVE, None
    _note(session, household, [("상태", "종료", "관리 중")], actor=actor, now=now)
    _record_change(session, household, "다시 관리", actor=actor, now=now)


def title_of(members: Sequence[Member]) -> str:
    """What a household is called: the head's name, and the spouse's beside it."""
    present = [member for member in members if member.is_present] or list(members)
    names = [present[0].name, *(member.name for member in present[1:] if member.relation is Relation.SPOUSE)]
    return " · ".join(names[:2])


def _locked_centre(session: Session, centre_id: int, actor: Identity) -> Centre:
    """The centre, held until the commit so that no two households get one number."""
    if actor.account_id is not None and centre_id not in actor.centre_ids:
        raise NotFound
    locked = select(Centre).where(Centre.id == centre_id).with_for_update(of=Centre)
    return session.scalars(locked.execution_options(populate_existing=True)).one()


def _stored(details: HouseholdDetails) -> dict[str, Any]:
    dwelling = details.dwelling
    return {
        "household_type": details.household_type,
        "benefits": [benefit.value for benefit in details.benefits],
        "health_ground": details.health_ground,
        "road_address": tidy_address(dwelling.road_address),
        "lot_address": normalise(dwelling.lot_address),
        "unit": normalise(dwelling.unit),
        "dwelling": dwelling.kind,
        "approach": dwelling.approach,
        "phone": stored_phone(details.phone),
        "emergency_contact": details.emergency_contact,
        "note": details.note,
    }


def _stored_member(details: MemberDetails) -> dict[str, Any]:
    return {
        "name": normalise(details.name),
        "relation": details.relation,
        "sex": details.sex,
        "birth_on": details.birth_on,
        "birth_year": details.birth_on.year if details.birth_on else details.birth_year,
        "phone": stored_phone(details.phone),
        "note": details.note,
    }


def stored_phone(text: str) -> str:
    """Figures alone when it is a telephone number, otherwise what was typed."""
    return phone_digits(text) or normalise(text)


def _apply(row: Any, wanted: dict[str, Any], labels: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Set the fields that differ, and tell (label, before, after) for each."""
    for name, label in labels.items():
        before, after = getattr(row, name), wanted[name]
        if before != after:
            setattr(row, name, after)
            yield label, _spoken(before), _spoken(after)


def _spoken(value: Any) -> str:
    """A field's value as people read it."""
    if isinstance(value, list):
        return ", ".join(Benefit(item).label for item in value)
    if isinstance(value, StrEnum):
        return str(getattr(value, "label", value))
    text = "" if value is None else str(value)
    return format_phone(text) if text.isdecimal() else text


def _keep(
    session: Session,
    household: Household,
    changes: list[tuple[str, str, str]],
    *,
    actor: Identity,
    now: datetime,
) -> list[HouseholdChange]:
    """Keep the history of an edit, refresh title and search, and count the version up; nothing changed, nothing kept."""
    if not changes:
        return []
    kept = _note(session, household, changes, actor=actor, now=now)
    household.title = title_of(household.members)
    household.version += 1
    session.flush()
    _refresh_grams(session, household)
    _record_change(session, household, ", ".join(label for label, _before, _after in changes), actor=actor, now=now)
    return kept


def _note(
    session: Session,
    household: Household,
    changes: list[tuple[str, str, str]],
    *,
    actor: Identity,
    now: datetime,
) -> list[HouseholdChange]:
    rows = [
        HouseholdChange(
            household_id=household.id, field=label, before=before, after=after, at=now, by_id=actor.account_id
        )
        for label, before, after in changes
    ]
    session.add_all(rows)
    return rows


def _record_change(session: Session, household: Household, what: str, *, actor: Identity, now: datetime) -> None:
    session.flush()
    subject = f"household:{household.id}"
    audit.record(session, Action.CHANGE, subject=subject, household_id=household.id, detail=what, actor=actor, now=now)


def _refuse_nameless(details: MemberDetails) -> None:
    if not normalise(details.name):
        raise RuleBroken("NAME_NEEDED", "이름을 적어 주세요. 모르면 «이름 모름»이라고 적습니다.", field="name")


def _refuse_stale(session: Session, household: Household, version: int) -> None:
    statement = select(Household.version).where(Household.id == household.id).with_for_update()
    if session.scalar(statement) != version:
        raise StaleRecord


def _refresh_grams(session: Session, household: Household, *, is_new: bool = False) -> None:
    """Make the household findable under what it is now, and no longer under what it was."""
    if not is_new:
        session.execute(delete(SearchGram).where(SearchGram.household_id == household.id))
    rows = [
        {"centre_id": household.centre_id, "gram": gram, "household_id": household.id}
        for gram in sorted(grams_of(searchable(household)))
    ]
    session.execute(insert(SearchGram), rows)


def as_details(household: Household) -> HouseholdDetails:
    """A household as its edit form begins."""
    dwelling = DwellingDetails(
        household.road_address, household.lot_address, household.unit, household.dwelling, household.approach
    )
    return HouseholdDetails(
        centre_id=household.centre_id, dwelling=dwelling, phone=format_phone(household.phone),
        emergency_contact=household.emergency_contact, household_type=household.household_type,
        benefits=tuple(Benefit(benefit) for benefit in household.benefits), health_ground=household.health_ground,
        note=household.note,
    )  # fmt: skip


def as_member_details(member: Member) -> MemberDetails:
    """A member as its edit form begins."""
    details = MemberDetails(
        member.name,
        member.relation,
        member.sex,
        member.birth_on,
        member.birth_year,
        member.phone,
        member.note,
    )
    return replace(details, phone=format_phone(member.phone))
