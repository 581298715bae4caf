"""Narrowing the access log by its address."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectChoice, SelectField

from app.accounts.models import Account
from app.audit.rules import Action
from app.households.forms import QueryForm
from app.supervision.queries import LogFilter


class LogForm(QueryForm):
    """Whose acts, and which."""

    who = SelectField("누가")
    action = SelectField(
        "무엇을", choices=[SelectChoice("", "모두"), *(SelectChoice(each.value, each.label) for each in Action)]
    )

    def offer(self, people: Sequence[Account]) -> None:
        """Let these people be chosen."""
        self.who.choices = [SelectChoice("", "모두"), *(SelectChoice(str(one.id), one.title) for one in people)]

    def to_filter(self) -> LogFilter:
        """What was chosen."""
        return LogFilter(
            actor_id=int(self.who.data) if self.who.data else None,
            action=Action(self.action.data) if self.action.data else None,
        )
