"""Which job is meant, in an address or by a button."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import HiddenField, SelectChoice, SelectField

from app.households.forms import QueryForm
from app.web.forms import KoreanForm


class JobForm(KoreanForm):
    """«지금 실행» of one job."""

    job = HiddenField()


class RunsForm(QueryForm):
    """Runs of which job."""

    job = SelectField("작업")

    def offer(self, jobs: Iterable[tuple[str, str]]) -> None:
        """Let these jobs be chosen, by name and title."""
        self.job.choices = [SelectChoice("", "모두"), *(SelectChoice(name, title) for name, title in jobs)]
