"""Fictional visit records: one nurse's visit full of everything people type, one welfare visit, an absence, blanks."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.reports.rules import (
    NURSING_WITHHELD,
    CorrectionFacts,
    DoneFacts,
    EmptyWord,
    MemberTrendFacts,
    NotedFacts,
    ScoreFacts,
    SheetFacts,
    SheetForm,
    SheetMemberFacts,
    SignatureFacts,
    VisitSheetFacts,
    VitalLineFacts,
)
from app.visits.rules.trend_reaches import Reach
from app.visits.rules.trends import Taking, Trend
from tests.unit.reports import papers

BEGAN = datetime(2026, 9, 20, 0, 30, tzinfo=UTC)  # 09:30 in Korea
AWKWARD = unicodedata.normalize("NFD", "각인된 이름") + " <b>약</b> & 뷁 👩‍⚕️ =1+1 " + "가나다라마바사" * 90
LONG = " ".join(f"«{at:04d}» 저녁 약을 거르셨다고 함." for at in range(150))


def pressures(count: int = 12) -> Trend:
    return Trend(
        "혈압", "mmHg", 0, ("수축기", "이완기"),
        tuple(
            Taking(BEGAN - timedelta(days=20 * (count - at)), (128.0 + at * 2, 78.0 + at), "", "고혈압 1기 범위", "warn")
            if at != 4 else Taking(BEGAN - timedelta(days=20 * (count - at)), (), "거부")
            for at in range(count)
        ),
        (Reach(0, 90.0, 120.0, "정상혈압 범위", "ok"), Reach(0, 120.0, 140.0, "전단계", "notice"),
         Reach(0, 140.0, None, "고혈압 1기 범위", "warn"), Reach(1, None, 80.0, "정상혈압 범위", "ok"),
         Reach(1, 80.0, 90.0, "전단계", "notice"), Reach(1, 90.0, None, "고혈압 1기 범위", "warn")),
        "2025.1", 60.0,
    )  # fmt: skip


def weights() -> Trend:
    takings = tuple(Taking(BEGAN - timedelta(days=30 * (5 - at)), (52.4 - at / 5,)) for at in range(5))
    return Trend("체중", "kg", 1, ("체중",), takings, least_span=4.0)


def nursing(**changes: object) -> SheetFacts:
    whole = SheetFacts(
        form=SheetForm.NURSING, number="가람-0123", name="김순자",
        address="한빛구 가람로12길 34, 101동 1203호 (가람동, 한빛아파트)", phone="010-2646-2265",
        household_type="독거노인", benefits=("기초생활보장(생계)", "기초연금"), risk="고위험", worker="최은서",
        nurse="박지안",
        members=(
            SheetMemberFacts(name="김순자", relation="본인", sex="여", age="85세", was_seen=True),
            SheetMemberFacts(name="이뷁희", relation="자녀", sex="남", age="58세", was_seen=False),
        ),
        occurred_on=date(2026, 9, 20), began_at=BEGAN, ended_at=BEGAN + timedelta(minutes=40),
        typed_at=BEGAN + timedelta(days=2), received_at=BEGAN + timedelta(days=2, minutes=1), mode="방문-대면",
        purpose="공동방문", place="거실", visited_by=("박지안 방문간호사", "최은서 복지담당"), companions=("정담우 통장",),
        alone_because="동행자가 오지 못함", late="사후 입력 2일 뒤", welfare_note="전기요금이 두 달 밀림. " + AWKWARD,
        shared_line="약을 자주 거르심", nursing_note=LONG,
        vitals=(
            VitalLineFacts(
                member="김순자", kind="혈압", value="186/104 mmHg", measured_at=BEGAN, judged="매우 높음 · 왼팔"
            ),
            VitalLineFacts(member="김순자", kind="식후 2시간 혈당", value="HI", measured_at=BEGAN, judged=""),
            VitalLineFacts(member="이뷁희", kind="맥박", value="거부", measured_at=BEGAN, judged=""),
        ),
        trends=(MemberTrendFacts(member="김순자", trends=(pressures(), weights())),),
        alarms=(
            NotedFacts(member="김순자", what="증상 확인", said="가슴 통증, 숨참"),
            NotedFacts(member="김순자", what="한 일", said="119 신고. 도착까지 곁에 있음"),
        ),
        done=(
            DoneFacts(kind="교육·상담", what="저염식", member="김순자", problem="영양", note="국물 남기기"),
            DoneFacts(kind="문제 평가", what="지식 3 · 행동 2→3 · 상태 4", member="", problem="주거", note=""),
        ),
        medicines=(NotedFacts(member="김순자", what="7일 안에 거름", said="2번 이상"),),
        scores=(ScoreFacts(instrument="PHQ-2", member="김순자", total="4", band="의심", note="PHQ-9 권함"),),
        promised_on=date(2026, 10, 2), promise_note="저녁 약 알람을 같이 맞추기로 함",
        next_visit_reason="추석 연휴", told_to="따님(전화)",
        corrections=(CorrectionFacts(number=1, at=BEGAN + timedelta(days=3), by="박지안", reason="혈압을 잘못 적음"),),
        signatures=(
            SignatureFacts(
                signer="김순자 본인", signed_at=BEGAN + timedelta(minutes=38), state="서명 뒤 정정됨", width=300.0,
                height=100.0, strokes=((10.0, 10.0, 60.0, 80.0, 120.0, 20.0), (150.0, 50.0, 290.0, 55.0)),
            ),
        ),
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def welfare(**changes: object) -> SheetFacts:
    plain = replace(
        nursing(), form=SheetForm.WELFARE, purpose="복지", visited_by=("최은서 복지담당",), nursing_note="", vitals=(),
        trends=(), alarms=(), medicines=(), scores=(), corrections=(), signatures=(), companions=(), alone_because="",
        late="", done=(), welfare_note="밑반찬이 떨어짐", began_at=BEGAN + timedelta(hours=2),
        nursing_withheld=NURSING_WITHHELD,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def absence() -> SheetFacts:
    return welfare(
        number="가람-0007", name="천둥솔", mode="방문-부재", welfare_note="", shared_line="", place="", told_to="",
        promised_on=None, promise_note="", next_visit_reason="", ended_at=None, nursing_withheld="",
        voided="다른 집에 적음. 2026. 9. 21. 09:00 최은서",
        absence=(NotedFacts(member="", what="해 본 것", said="초인종, 전화"), NotedFacts(member="", what="이웃", said="어제 봄")),
    )  # fmt: skip


def sheets(*which: SheetFacts, **changes: object) -> VisitSheetFacts:
    whole = VisitSheetFacts(
        letterhead=papers.letterhead(
            "방문기록지", document_number="가람동-F05-2026-0003", period="2026. 9. 20.", counting_rules=()
        ),
        subject="9f2c",
        empty=EmptyWord.NONE,
        sheets=which,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def a_day() -> VisitSheetFacts:
    return sheets(nursing(), welfare(), absence())


def blanks() -> VisitSheetFacts:
    return sheets(blanks=tuple(SheetForm))
