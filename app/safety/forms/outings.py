"""Forms of going out and coming back, of answering an alarm, and of letting somebody go alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from wtforms import DateField, HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.core.clock import KOREA
from app.households.forms.fields import at_most, radio
from app.safety.rules import CHIPS, USUAL_MINUTES, CheckIn, Company, Finding, moved_end
from app.safety.rules.outings import ANSWER_LENGTH, NAME_LENGTH, REASON_LENGTH, UNKNOWN_COMPANION
from app.web.forms import KoreanForm

NOBODY = ""


class Colleague(Protocol):
    """Somebody who may go along, or go."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...


class CheckInForm(KoreanForm):
    """도착 · 방문 시작. The moments are the tablet's; a page without script sends none, and they are now."""

    outing_id = HiddenField()
    visit_id = HiddenField()
    started_at = HiddenField()
    planned_end_at = HiddenField()
    ended_at = HiddenField()
    named = HiddenField()
    """Somebody was named on a tablet that had no line and kept no name."""
    minutes = RadioField(
        "얼마나 걸립니까", [InputRequired("얼마나 걸릴지 골라 주세요.")],
        choices=[SelectChoice(str(each), f"{each}분") for each in CHIPS], default=str(USUAL_MINUTES),
    )  # fmt: skip
    companion_id = SelectField("함께 가는 직원", default=NOBODY)
    companion_name = StringField("함께 가는 다른 사람", [Optional(), at_most(NAME_LENGTH)])

    def offer(self, colleagues: Iterable[Colleague], minutes: int = USUAL_MINUTES) -> None:
        """Let these people go along; a planned length that is none of the chips is one more."""
        choices = [SelectChoice(str(one.id), one.title) for one in colleagues]
        self.companion_id.choices = [SelectChoice(NOBODY, "없음"), *choices]
        lengths = sorted({*CHIPS, minutes})
        self.minutes.flags.required = False  # one is always chosen beforehand: no word beside it
        self.minutes.choices = [SelectChoice(str(each), f"{each}분") for each in lengths]

    def to_check_in(self, new_id: UUID, now: datetime) -> CheckIn:
        """The stamp as the service wants it. Only after `validate`."""
        started_at = as_moment(self.started_at.data) or now
        usual_end = started_at + timedelta(minutes=int(self.minutes.data))
        companion = self.companion_id.data
        name = (self.companion_name.data or "").strip() or (UNKNOWN_COMPANION if self.named.data else "")
        return CheckIn(
            as_uuid(self.outing_id.data) or new_id,
            started_at,
            as_moment(self.planned_end_at.data) or usual_end,
            Company(int(companion) if companion else None, name),
            as_uuid(self.visit_id.data),
            as_moment(self.ended_at.data),
        )


class LongerForm(KoreanForm):
    """조금 더."""

    at = HiddenField()
    until_at = HiddenField()
    minutes = HiddenField()

    def until(self, planned_end_at: datetime, now: datetime) -> datetime:
        """The new planned end: the tablet's, or so many minutes later (15 where nothing sensible was sent)."""
        wanted = self.minutes.data or ""
        minutes = int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 15
        return as_moment(self.until_at.data) or moved_end(planned_end_at, minutes, now=now)


class EndForm(KoreanForm):
    """나왔습니다; whoever stamps it for somebody else says how they know."""

    at = HiddenField()
    note = StringField("어떻게 알았습니까", [Optional(), at_most(ANSWER_LENGTH)])


class AnswerForm(KoreanForm):
    """What was found out about somebody who did not come back on time."""

    finding = radio("무엇을 알아냈습니까", Finding)
    note = StringField("덧붙일 말", [Optional(), at_most(ANSWER_LENGTH)])


class AllowForm(KoreanForm):
    """혼자 방문 허락: one person, one day, a reason."""

    account_id = SelectField("누구를", [DataRequired("누구에게 허락할지 골라 주세요.")])
    on = DateField("어느 날", [DataRequired("날을 골라 주세요.")])
    reason = TextAreaField("까닭", [DataRequired("혼자 가도 되는 까닭을 적어 주세요."), at_most(REASON_LENGTH)])

    def offer(self, colleagues: Iterable[Colleague]) -> None:
        """Let one of these people be chosen."""
        self.account_id.choices = [
            SelectChoice(NOBODY, "고르기"), *(SelectChoice(str(one.id), one.title) for one in colleagues)
        ]  # fmt: skip


class AskForm(KoreanForm):
    """팀장에게 요청: the day one wants to go alone on; today where none is given."""

    on = HiddenField()

    def day(self, today: date) -> date:
        """The day that was asked for."""
        try:
            return date.fromisoformat(self.on.data or "")
        except ValueError:
            return today


def as_moment(text: Any) -> datetime | None:
    """An aware moment out of «2026-11-23T14:03:00Z»; None for nothing or nonsense."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=KOREA)
    return aware if 2000 < aware.year < 2200 else None


def as_uuid(text: Any) -> UUID | None:
    """The id a page made; None for nonsense."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
