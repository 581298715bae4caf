"""What somebody agreed to, how, for how long; and that they took it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from wtforms import DateField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.consents.rules import ConsentChannel, ConsentDetails, ConsentKind, Receiver, Signer
from app.consents.service import ConsentLacks
from app.core.errors import RuleBroken
from app.core.text import normalise, search_key
from app.households.forms.fields import CHOOSE, LINE_LENGTH, NAME_LENGTH, REASON_LENGTH, at_most, radio
from app.households.models import Member
from app.providers.models import Provider
from app.web.forms import KoreanForm


class HowForm(KoreanForm):
    """Who agreed for whom, on which channel, from when until when."""

    channel = radio("어떻게 받았나요", ConsentChannel, validators=[InputRequired("어떻게 받았는지 골라 주세요.")])
    signer = radio("누가 동의했나요", Signer, validators=[InputRequired("누가 동의했는지 골라 주세요.")])
    signer_name = StringField("대신 동의한 분", [Optional(), at_most(NAME_LENGTH)])
    proxy_because = StringField("대신한 까닭", [Optional(), at_most(REASON_LENGTH)])
    given_on = DateField("동의한 날", [InputRequired("동의한 날을 적어 주세요.")])
    valid_until = DateField("언제까지", [Optional()])
    note = TextAreaField("메모", [Optional(), at_most(REASON_LENGTH)])

    def details_of(self, member_id: int, kind: ConsentKind, receiver: Receiver) -> ConsentDetails:
        """What was typed, as the service wants it; call after `validate`."""
        given_on: date | None = self.given_on.data
        if given_on is None:
            raise ValueError("validate first")
        return ConsentDetails(
            member_id, kind, 0, ConsentChannel(self.channel.data), given_on, self.valid_until.data, receiver,
            Signer(self.signer.data), self.signer_name.data or "", self.proxy_because.data or "", self.note.data or "",
        )  # fmt: skip

    def show(self, broken: RuleBroken) -> None:
        """Everything a consent lacks, each at its field."""
        if not isinstance(broken, ConsentLacks):
            return super().show(broken)
        for problem in broken.problems:
            super().show(problem)
        return None


class ConsentForm(HowForm):
    """A new consent."""

    member_id = SelectField(
        "누구의 동의인가요", [InputRequired("누구의 동의인지 골라 주세요.")], invalid_choice_message=CHOOSE
    )
    kind = radio("무엇에 동의하나요", ConsentKind, validators=[InputRequired("무엇에 동의하는지 골라 주세요.")])
    next = HiddenField()
    """Where somebody came from, who needs the consent."""
    receiver = StringField("받는 곳", [Optional(), at_most(LINE_LENGTH)])
    providers: Sequence[Provider] = ()

    def offer(self, members: Iterable[Member], providers: Sequence[Provider]) -> None:
        """Let these people be chosen, and these entries of the directory be known."""
        people = [SelectChoice(str(member.id), member.name) for member in members]
        self.member_id.choices = [SelectChoice("", "고르기"), *people]
        self.providers = providers

    def to_details(self) -> ConsentDetails:
        """What was typed, as the service wants it; call after `validate`."""
        typed = normalise(self.receiver.data or "")
        entry = next((each for each in self.providers if search_key(each.name) == search_key(typed)), None)
        receiver = Receiver(entry.name, entry.id) if entry else Receiver(typed)
        return self.details_of(int(self.member_id.data), ConsentKind(self.kind.data), receiver)


class RenewForm(HowForm):
    """The same consent again: whose, what and towards whom stand already."""


class WithdrawForm(KoreanForm):
    """When and how somebody took a consent back."""

    withdrawn_on = DateField("거둔 날", [InputRequired("거둔 날을 적어 주세요.")])
    because = TextAreaField(
        "누가 어떻게 거두었나요", [InputRequired("누가 어떻게 거두었는지 적어 주세요."), at_most(REASON_LENGTH)]
    )
