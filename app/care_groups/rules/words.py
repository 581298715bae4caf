"""The words of registration in the health programmes, and what a discharge brings with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.labelled import Labelled


class Programme(Labelled):
    """A programme of the health centre in which a person is registered; one at a time by most local guides."""

    VISITING_HEALTH = "VISITING_HEALTH", "방문건강관리"
    AI_IOT = "AI_IOT", "AI·IoT 어르신 건강관리"

    @property
    def short(self) -> str:
        """As it stands in a line beside others."""
        return self.label.split()[0]

    @property
    def sets_groups(self) -> bool:
        """Whether its people are put into care groups, so that leaving it ends the visits of the group."""
        return self is Programme.VISITING_HEALTH


class DischargeReason(Labelled):
    """퇴록 사유. No official list was found: the words are ours, the number of absences is a local rule."""

    DIED = "DIED", "사망"
    MOVED = "MOVED", "전출"
    IN_HOSPITAL = "IN_HOSPITAL", "장기 입원·시설 입소"
    LONG_TERM_CARE = "LONG_TERM_CARE", "장기요양등급 인정"
    REFUSED = "REFUSED", "본인 거부"
    UNREACHABLE = "UNREACHABLE", "연락두절·반복 부재"
    GOAL_REACHED = "GOAL_REACHED", "목표 달성·증상 조절"
    HANDED_OVER = "HANDED_OVER", "다른 사업으로 이관"
    OTHER = "OTHER", "기타"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a discharge besides the end of the group's visits."""

    advice: str
    """What a person should still do, as one sentence."""
    needs_note: bool = False


CONSEQUENCES = {
    DischargeReason.DIED: Consequence("가구원에서도 제외해 주세요. 남은 가족의 지원이 필요한지 살핍니다."),
    DischargeReason.MOVED: Consequence("가구원에서도 제외하고, 옮겨 간 곳의 보건소에 알릴지 판단합니다."),
    DischargeReason.IN_HOSPITAL: Consequence("퇴원이나 퇴소를 알게 되면 다시 등록할 수 있습니다."),
    DischargeReason.LONG_TERM_CARE: Consequence("등급에 따라 계속 등록할 수 있는지는 그해 지침을 확인해 주세요."),
    DischargeReason.REFUSED: Consequence("다시 원하시면 언제든 등록할 수 있다고 알려 드립니다."),
    DischargeReason.UNREACHABLE: Consequence("안부를 확인하지 못한 채 끝나지 않도록 복지담당이나 팀장에게 먼저 알려 주세요."),
    DischargeReason.GOAL_REACHED: Consequence("스스로 재는 법과 다시 연락할 때를 알려 드립니다."),
    DischargeReason.HANDED_OVER: Consequence("어느 사업의 누구에게 넘겼는지 내용에 적습니다.", needs_note=True),
    DischargeReason.OTHER: Consequence("까닭을 내용에 적습니다.", needs_note=True),
}  # fmt: skip
