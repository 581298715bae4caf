"""What the officer of a 시군구 types, and the households it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.access.identity import Identity
from app.follow_ups.models import LadderVersion, RuleVersionRow
from app.follow_ups.queries.ladder_changes import find_ladder
from app.follow_ups.rules import Shift
from app.follow_ups.rules.descriptions import Confidence
from app.follow_ups.rules.drafts import LadderDraft, RuleDraft
from app.follow_ups.service.ladder_changes import add_ladder_version
from app.follow_ups.service.rule_changes import add_rule_version
from app.households.models import Household
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import add_contact, add_household, set_rule
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

LONG_AGO = day(-75)
OWN_SOURCE = "한빛구 방문건강관리 지침(2026. 11.)"


def shipped(session: Session, code: str) -> RuleVersionRow:
    """The version that came with the product."""
    rows = select(RuleVersionRow).where(RuleVersionRow.code == code, RuleVersionRow.district_id.is_(None))
    return session.scalars(rows).one()


def regular_household(session: Session, town: Town, *, seen_on: date = LONG_AGO) -> Household:
    """가람동: the one member is nursed every three months; last seen 75 days ago unless told."""
    household = add_household(session, town.who(town.nurse))
    member_id = household.members[0].id
    set_rule(
        session, household, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(-200), member_id=member_id
    )  # fmt: skip
    add_contact(session, household, seen_on)
    return household


def every_two_months(base: RuleVersionRow, **changes: Any) -> RuleDraft:
    """정기관리군 every two months from today on, by the 시군구's own guideline."""
    plain = RuleDraft(
        code=base.code, kind=base.kind, version="2026-2", name=base.name, parameters={"every": {"months": 2}},
        counts_modes=tuple(base.counts_modes), counts_purposes=tuple(base.counts_purposes), shift=Shift.EARLIER,
        lead_days=7, effective_from=TODAY, source=OWN_SOURCE, confidence=Confidence.DEFAULT, why="지침 개정",
    )  # fmt: skip
    return replace(plain, **changes)


def three_steps(steps: dict[str, Any], **changes: Any) -> LadderDraft:
    """A ladder with these steps by risk, and none of their own for people who live alone."""
    modes = {"absent_modes": ["ABSENT", "NO_ANSWER"], "reached_modes": ["FACE", "CALL", "OFFICE"]}
    plain = LadderDraft("2026-2", TODAY, steps, {}, OWN_SOURCE, Confidence.DEFAULT, "지침 개정", modes)
    return replace(plain, **changes)


def announce(session: Session, officer: Identity) -> tuple[RuleVersionRow, LadderVersion]:
    """A rule and a ladder that wait for their day a month ahead."""
    base, ladder = shipped(session, "NURSE_REGULAR"), find_ladder(session, officer, today=TODAY)
    draft = every_two_months(base, effective_from=day(30))
    steps = three_steps(ladder.row.document["steps"], effective_from=day(30))
    return (
        add_rule_version(session, base, draft, known=base.id, actor=officer, now=NOW),
        add_ladder_version(session, steps, known=ladder.newest_id, actor=officer, now=NOW),
    )
