"""A nurse decides a care group: what was proposed and why is kept beside what she chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.care_groups import queries
from app.care_groups.models import GroupDecision
from app.care_groups.queries import Spell
from app.care_groups.rules import Proposal, propose
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups import queries as follow_up_queries
from app.follow_ups import service as follow_ups
from app.follow_ups.rules import CareGroup, Quota, window_of
from app.households.models import Member

AS_PROPOSED = "제안대로 정함"
OTHERWISE = "제안과 다르게 정함"
KEPT = "그대로 둠"
UNPROPOSED = "간호사가 정함"


@dataclass(frozen=True, slots=True)
class GroupDetails:
    """What was chosen. `said` are codes of what the nurse found herself; `last_id` is the newest decision she saw, 0 for none."""

    chosen: CareGroup
    from_on: date
    reason: str = ""
    said: frozenset[str] = frozenset()
    last_id: int | None = None


def proposal_for(session: Session, member: Member, *, said: frozenset[str] = frozenset(), today: date) -> Proposal:
    """What the readings propose for a person today, by the table of the person's 시군구."""
    table = queries.table_in_force(session, member.household.centre.district_id, on=today)
    findings = queries.findings_of(session, [member.id], table, today=today).get(member.id, {})
    return propose(table, findings, today=today, said=said)


def decide_group(
    session: Session, member: Member, details: GroupDetails, *, actor: Identity, now: datetime
) -> GroupDecision:
    """Put a member into a group, or keep them in theirs, and keep why.

    The group sets what is due (`follow_ups.set_care_group`); keeping a group whose time is not over sets nothing anew.

    Raises:
        RuleBroken: another group than the proposed one without a reason, a day years away, a closed household.
        StaleRecord: somebody else decided since the page was drawn.
    """
    _hold(session, member)
    _refuse_overtaken(session, member, details)
    today = korean_date(now)
    proposal = proposal_for(session, member, said=details.said, today=today)
    reason = _reason(details, proposal)
    spells = queries.list_spells(session, member.household_id).get(member.id, [])
    is_kept = _goes_on(session, spells, details.chosen, today=today)
    if not is_kept:
        note = _note(details.chosen, proposal)
        follow_ups.set_care_group(
            session, member, details.chosen, from_on=details.from_on, reason=note, actor=actor, now=now
        )
    row = GroupDecision(
        household_id=member.household_id, member_id=member.id, proposed=proposal.group,
        lines=[line.as_stored() for line in proposal.lines], table_version=_version(session, member, today),
        chosen=details.chosen, reason=KEPT if is_kept and not details.reason.strip() else reason, by_id=actor.account_id,
        at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    subject = f"group:{row.id}"
    audit.record(
        session, Action.CARE, subject=subject, household_id=member.household_id, detail=details.chosen.value, actor=actor,
        now=now,
    )  # fmt: skip
    return row


def _hold(session: Session, member: Member) -> None:
    """Whoever decides about the same person at the same moment waits."""
    session.execute(select(Member.id).where(Member.id == member.id).with_for_update())


def _refuse_overtaken(session: Session, member: Member, details: GroupDetails) -> None:
    last = queries.last_decision(session, member.id)
    if details.last_id is not None and (last.id if last else 0) != details.last_id:
        raise StaleRecord("그사이 다른 사람이 군을 정했습니다. 바뀐 내용을 보고 다시 정해 주세요.")


def _reason(details: GroupDetails, proposal: Proposal) -> str:
    if details.reason.strip():
        return details.reason
    if proposal.group is None:
        raise RuleBroken("REASON_NEEDED", "제안이 없습니다. 왜 이 군으로 정하는지 적어 주세요.", field="reason")
    if proposal.group is not details.chosen:
        text = f"제안은 {proposal.group.label}입니다. 왜 다르게 정하는지 적어 주세요."
        raise RuleBroken("REASON_NEEDED", text, field="reason")
    return AS_PROPOSED


def _note(chosen: CareGroup, proposal: Proposal) -> str:
    """What everybody reads beside the group: never a reading, which is for those who may read health."""
    if proposal.group is None:
        return UNPROPOSED
    return AS_PROPOSED if proposal.group is chosen else OTHERWISE


def _goes_on(session: Session, spells: Sequence[Spell], chosen: CareGroup, *, today: date) -> bool:
    """Whether the person is in this group already and its time is not over."""
    standing = queries.standing_spell(spells, today=today)
    if standing is None or standing.group is not chosen:
        return False
    rule = follow_up_queries.engine_rule(standing.term.rule)
    if not isinstance(rule.parameters, Quota):
        return True
    _first_on, next_on = window_of(follow_up_queries.engine_term(standing.term), rule.parameters, today)
    return today < next_on


def _version(session: Session, member: Member, today: date) -> str:
    return queries.table_in_force(session, member.household.centre.district_id, on=today).version
