"""A referral: where to, why, by what right; its sending, its reply, its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import DateField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.core.text import normalise, search_key
from app.households.forms.fields import CHOOSE, LINE_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most, radio, several
from app.plans.rules import ReferralGround, ReferralReply, SharedFacts
from app.plans.service import ReferralDetails, ReplyDetails
from app.web.forms import KoreanForm
from app.web.versions import VersionForm


class ReferralForm(VersionForm):
    """What goes to whom, and by what right."""

    receiver = StringField("의뢰할 기관", [Optional(), at_most(LINE_LENGTH)])
    member_id = SelectField("누구에 대해", invalid_choice_message=CHOOSE)
    reason = TextAreaField("의뢰하는 까닭", [Optional(), at_most(NOTE_LENGTH)])
    asked_for = TextAreaField("요청하는 것", [Optional(), at_most(NOTE_LENGTH)])
    shared = several("함께 보내는 내용", SharedFacts)
    ground = radio("무엇에 따라 보냅니까", ReferralGround)
    ground_note = StringField("근거", [Optional(), at_most(LINE_LENGTH)])
    providers: Sequence[Any] = ()

    def offer(self, members: Iterable[Any], providers: Sequence[Any]) -> None:
        """Let these people be chosen, and these entries of the directory be known."""
        people = [SelectChoice(str(member.id), member.name) for member in members]
        self.member_id.choices = [SelectChoice("", "가구 전체"), *people]
        self.providers = providers

    def to_details(self, *, case_id: int | None) -> ReferralDetails:
        """What was typed, as the service wants it; call after `validate`."""
        typed = normalise(self.receiver.data or "")
        entry = next((each for each in self.providers if search_key(each.name) == search_key(typed)), None)
        return ReferralDetails(
            entry.name if entry else typed, self.reason.data or "", self.asked_for.data or "",
            ReferralGround(self.ground.data), self.ground_note.data or "", entry.id if entry else None,
            int(self.member_id.data) if self.member_id.data else None, case_id,
            tuple(SharedFacts(each) for each in self.shared.data or ()),
        )  # fmt: skip


class SendForm(VersionForm):
    """When it went out."""

    sent_on = DateField("보낸 날", [InputRequired("보낸 날을 적어 주세요.")])


class ReplyForm(KoreanForm):
    """What the agency answered."""

    reply = radio("회신", ReferralReply)
    replied_on = DateField("회신 받은 날", [InputRequired("회신 받은 날을 적어 주세요.")])
    note = TextAreaField("내용", [Optional(), at_most(NOTE_LENGTH)])

    def to_details(self) -> ReplyDetails:
        """What was typed, as the service wants it; call after `validate`."""
        if self.replied_on.data is None:
            raise ValueError("validate first")
        return ReplyDetails(ReferralReply(self.reply.data), self.replied_on.data, self.note.data or "")


class EndReferralForm(KoreanForm):
    """Why it is given up."""

    because = TextAreaField("그만두는 까닭", [InputRequired("왜 그만두는지 적어 주세요."), at_most(REASON_LENGTH)])
