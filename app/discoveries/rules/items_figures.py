"""What a round's report counts (R02), each number with the rule it is counted by."""

from __future__ import annotations

from app.core.labelled import Labelled


class Figure(Labelled):
    """One column of the report. `rule` is printed below the table."""

    ASSIGNED = "ASSIGNED", "배정"
    COUNSELLED = "COUNSELLED", "상담"
    VISITED = "VISITED", "방문"
    PUBLIC = "PUBLIC", "공공 연계"
    PRIVATE = "PRIVATE", "민간 연계"
    CASE = "CASE", "사례관리"
    MONITOR = "MONITOR", "모니터링"
    NOT_SUPPORTED = "NOT_SUPPORTED", "지원 없이 끝남"
    SEARCHING = "SEARCHING", "소재파악중"
    UNDONE = "UNDONE", "미처리"
    DONE = "DONE", "처리"

    @property
    def rule(self) -> str:
        """How it is counted."""
        return _RULES[self]


_RULES = {
    Figure.ASSIGNED: "이 차수의 명단에서 센터에 온 사람. 같은 사람이 한 명단에 두 번 있으면 하나로 셉니다.",
    Figure.COUNSELLED: "발굴된 날부터 차수가 끝나는 날까지 통화하거나 내방한 사람(건에 적은 시도와 가구의 접촉 기록).",
    Figure.VISITED: "같은 기간에 방문하여 만난 사람. 부재는 세지 않습니다.",
    Figure.PUBLIC: "처리 결과가 기초생활보장, 차상위, 긴급복지, 기타 공공급여인 사람.",
    Figure.PRIVATE: "처리 결과가 민간서비스 연계인 사람.",
    Figure.CASE: "처리 결과가 사례관리 전환인 사람.",
    Figure.MONITOR: "처리 결과가 정기 모니터링인 사람.",
    Figure.NOT_SUPPORTED: "처리 결과가 이미 지원 중, 지원 불필요, 거부, 전출, 장기입원·출타, 사망인 사람.",
    Figure.SEARCHING: "처리 결과가 연락두절이나 소재미확인인 사람. 결재를 기다리는 것과 다시 확인할 날이 된 것도 셉니다.",
    Figure.UNDONE: "아직 끝나지 않은 사람: 미처리, 처리 중, 결재 기다림.",
    Figure.DONE: "결과가 적히고, 결재가 필요한 것은 승인된 사람. 처리율은 처리를 배정으로 나눈 값입니다.",
}


PROGRESS = (Figure.ASSIGNED, Figure.DONE, Figure.UNDONE)
"""How far a centre is: what is asked of a round first."""
CONTACTS = (Figure.COUNSELLED, Figure.VISITED)
OUTCOMES = (
    Figure.PUBLIC, Figure.PRIVATE, Figure.CASE, Figure.MONITOR, Figure.NOT_SUPPORTED, Figure.SEARCHING,
)  # fmt: skip
"""What became of those who were looked into."""


def rate(done: int, assigned: int) -> str:
    """«66.7 %»; «–» where nothing was assigned. Rounded down, so that 100 means all."""
    if not assigned:
        return "–"
    permille = done * 1000 // assigned
    return f"{permille // 10}.{permille % 10} %"
