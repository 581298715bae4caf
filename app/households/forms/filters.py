"""Narrowing the list by its address (never a name in it), and searching by POST."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import request
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import NumberRange, Optional

from app.accounts.models import Account, Centre
from app.core.keys import LARGEST_KEY
from app.households.forms.fields import at_most, select
from app.households.queries import HouseholdFilter
from app.households.rules import LONG_UNSEEN_DAYS, HouseholdStatus, HouseholdType, Risk
from app.web.forms import KoreanForm, WholeNumberField

MINE = "mine"
UNASSIGNED = {"none": "담당 없음", "no-nurse": "방문간호사 없음", "no-worker": "복지담당 없음"}
"""Values of `who` besides account ids, as `assignments` links to them."""
EVERY_STATUS = "ALL"
LONGEST_QUERY = 100


class QueryForm(KoreanForm):
    """A form that stands in the address of a list. What it does not understand narrows nothing."""

    class Meta(KoreanForm.Meta):
        csrf = False

    after = WholeNumberField(validators=[Optional(), NumberRange(1, LARGEST_KEY)])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(request.args, **kwargs)

    def understood(self) -> None:
        """Forget what is wrong: a stale or mistyped link shows the list all the same."""
        self.validate()
        for field in self:
            if field.errors:
                field.data, field.raw_data, field.errors = None, None, ()


class FilterForm(QueryForm):
    """가구 목록을 좁히는 조건."""

    who = SelectField("담당")
    risk = select("위험도", Risk, blank="모두")
    household_type = select("유형", HouseholdType, blank="모두")
    status = select("상태", HouseholdStatus)
    centre = SelectField("센터")
    flagged = WholeNumberField(validators=[Optional(), NumberRange(1, 1)])
    unseen = WholeNumberField(validators=[Optional(), NumberRange(1, 1)])

    def offer(self, people: Sequence[Account], centres: Sequence[Centre]) -> None:
        """Let these people and centres be chosen; a single centre is no choice."""
        several = len(centres) > 1
        self.status.choices = [*(self.status.choices or ()), SelectChoice(EVERY_STATUS, "모두")]
        self.who.choices = [
            SelectChoice("", "모두"), SelectChoice(MINE, "내 담당"),
            *(SelectChoice(value, label) for value, label in UNASSIGNED.items()),
            *(SelectChoice(str(one.id), one.title, optgroup=_place(one) if several else None) for one in people),
        ]  # fmt: skip
        self.centre.choices = [SelectChoice("", "모두"), *(SelectChoice(str(one.id), one.name) for one in centres)]
        if not several:
            del self.centre

    def to_filter(self, today: date) -> HouseholdFilter:
        """What was chosen, as the list is narrowed by it."""
        return filter_from(self.to_arguments(), today)

    def narrowed_by(self, name: str, value: str, today: date) -> HouseholdFilter:
        """What was chosen, with one more condition."""
        return filter_from(self.to_arguments() | {name: value}, today)

    @property
    def is_detailed(self) -> bool:
        """Whether something is chosen that no shortcut shows."""
        chosen = self.to_arguments()
        return chosen.get("who", MINE) not in (MINE, "none") or bool(
            {"risk", "household_type", "status", "centre"} & set(chosen)
        )

    def to_arguments(self) -> dict[str, str]:
        """The conditions that narrow, as they stand in the address."""
        chosen = {field.short_name: str(field.data) for field in self if field.data and field.short_name != "after"}
        return {name: value for name, value in chosen.items() if (name, value) != ("status", "ACTIVE")}


def filter_from(chosen: Mapping[str, str], today: date) -> HouseholdFilter:
    """The filter that conditions in an address stand for."""
    who, status = chosen.get("who", ""), chosen.get("status", HouseholdStatus.ACTIVE.value)
    return HouseholdFilter(
        mine=who == MINE,
        status=None if status == EVERY_STATUS else HouseholdStatus(status),
        risk=Risk(chosen["risk"]) if "risk" in chosen else None,
        household_type=HouseholdType(chosen["household_type"]) if "household_type" in chosen else None,
        centre_id=int(chosen["centre"]) if "centre" in chosen else None,
        assignee_id=int(who) if who.isdecimal() else None,
        without_worker=who in ("none", "no-worker"),
        without_nurse=who in ("none", "no-nurse"),
        flagged="flagged" in chosen,
        not_seen_since=today - timedelta(days=LONG_UNSEEN_DAYS) if "unseen" in chosen else None,
    )


def _place(account: Account) -> str:
    return account.centre.name if account.centre else account.district.name


class SearchForm(KoreanForm):
    """One box for everything somebody may know of a household."""

    query = StringField("가구 찾기", [at_most(LONGEST_QUERY)])
