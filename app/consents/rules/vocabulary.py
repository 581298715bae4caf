"""The words of consent. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class ConsentKind(Labelled):
    """What somebody agrees to. Grounds: 개인정보 보호법 제15·17·23조, 사회보장급여법 제15조 ④."""

    PERSONAL = "PERSONAL", "개인정보 수집·이용"
    SENSITIVE = "SENSITIVE", "민감정보(건강) 처리"
    THIRD_PARTY = "THIRD_PARTY", "제3자 제공"


class ConsentChannel(Labelled):
    """How the consent was given."""

    PAPER = "PAPER", "서면"
    SCREEN = "SCREEN", "화면 서명"
    SPOKEN = "SPOKEN", "구두(기록)"


class Signer(Labelled):
    """As what somebody signs."""

    SELF = "SELF", "본인"
    GUARDIAN = "GUARDIAN", "법정대리인·후견인"
    FAMILY = "FAMILY", "가족"
    PROXY = "PROXY", "위임받은 사람"
