"""Risk and safety flags as typed."""

from __future__ import annotations

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.households.forms.fields import LINE_LENGTH, REASON_LENGTH, at_most, radio
from app.households.rules import FlagDetails, FlagKind, FlagRule, Risk
from app.web.forms import KoreanForm


class RiskForm(KoreanForm):
    """How near harm is, and why somebody thinks so."""

    risk = radio("위험도", Risk)
    reason = TextAreaField("판단한 까닭", [DataRequired("왜 그렇게 판단했는지 적어 주세요."), at_most(REASON_LENGTH)])


class FlagForm(KoreanForm):
    """A safety flag: what, how to visit, on what basis, and when to look again."""

    kind = radio("무엇을 조심합니까", FlagKind)
    rule = radio("어떻게 방문합니까", FlagRule)
    instruction = StringField("문 앞에서 할 일", [Optional(), at_most(LINE_LENGTH)])
    basis = TextAreaField("판단 근거", [DataRequired("무엇을 보고 판단했는지 적어 주세요."), at_most(REASON_LENGTH)])
    review_on = DateField("다시 볼 날", [InputRequired("다시 볼 날을 골라 주세요.")])

    def to_details(self) -> FlagDetails:
        """What was typed, as the service wants it."""
        return FlagDetails(
            FlagKind(self.kind.data), FlagRule(self.rule.data), self.basis.data, self.instruction.data or "",
            self.review_on.data,
        )  # fmt: skip


class EndFlagForm(KoreanForm):
    """Why a safety flag is taken down."""

    because = TextAreaField("내리는 까닭", [DataRequired("왜 표시를 내리는지 적어 주세요."), at_most(REASON_LENGTH)])
