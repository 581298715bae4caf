"""Fictional papers: one full of everything people type, one household with nothing, one caseload, one day."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

from app.reports.rules import (
    AssigneeFacts,
    CareGroupFacts,
    CaseloadDue,
    CaseloadFacts,
    CaseloadRow,
    CaseReportFacts,
    ContactFacts,
    DueFacts,
    HouseholdFacts,
    Letterhead,
    Masking,
    MemberFacts,
    Purpose,
    ReadingFacts,
    RiskFacts,
    SafetyFlagFacts,
    ScheduleFacts,
    ScheduleRow,
    SectionFacts,
    VisitFacts,
    VitalsFacts,
)

TODAY = date(2026, 9, 20)
NOW = datetime(2026, 9, 20, 5, 3, tzinfo=UTC)  # 14:03 in Korea
SENTENCES = (
    "문을 두드리니 한참 뒤에 나오셨음. 지난주보다 걸음이 느리고 오른쪽 무릎이 아프다고 하심.",
    "냉장고에 반찬이 거의 없어 밑반찬 지원을 안내함. 약은 아침 것만 드시고 저녁 약은 자주 잊는다고 하심.",
    "전기요금 고지서 두 달 치가 밀려 있어 긴급복지 상담을 권함. 딸과는 명절에만 연락한다고 함.",
    "복지관 경로식당 이용을 권했으나 사람 많은 곳이 싫다고 하심. 다음 방문 때 다시 이야기하기로 함.",
)
LONG_NOTE = " ".join(f"[{at}] {sentence}" for at, sentence in zip(range(1, 60), cycle(SENTENCES)))
UNBROKEN = "가나다라마바사아자차" * 300


def letterhead(title: str, **changes: object) -> Letterhead:
    whole = Letterhead(
        title=title,
        district="한빛구",
        centre="가람동 행정복지센터",
        period="2026. 1. 1. ~ 2026. 9. 20.",
        document_number="가람동-R13-2026-0007",
        written_on=TODAY,
        printed_by="최은서",
        printed_at=NOW,
        purpose=Purpose.MEETING,
        masking=Masking.FULL,
        copy_number=2,
        counting_rules=(
            "방문 = 방문-대면만 셉니다. 부재·전화·안내장은 세지 않습니다.",
            "기한 경과 = 기준일이 기한보다 늦은 것.",
        ),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def visit(days_ago: int, **changes: object) -> VisitFacts:
    whole = VisitFacts(
        happened_at=NOW - timedelta(days=days_ago),
        mode="방문-대면",
        purpose="간호",
        visited_by=("박지안",),
        members_seen=("김순자",),
        welfare_note="",
        nursing_note=SENTENCES[days_ago % 4],
        vitals="김순자 혈압 148/86, 맥박 76, 혈당 132(식후 2시간)",
        promised="10월 2일(금) 오전 재방문. 저녁 약 알람을 같이 맞추기로 함.",
        corrections=0,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def reading(days_ago: int, systolic: int, diastolic: int, **changes: object) -> ReadingFacts:
    whole = ReadingFacts(
        measured_at=NOW - timedelta(days=days_ago),
        systolic=systolic,
        diastolic=diastolic,
        pulse=70 + days_ago % 9,
        temperature=36.5,
        spo2=97,
        glucose=118 + days_ago % 40,
        glucose_context="식후 2시간",
        weight=52.4 - days_ago / 100,
        remark="고혈압 1기 범위(참고)" if systolic >= 140 else "",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def household(**changes: object) -> HouseholdFacts:
    whole = HouseholdFacts(
        number="가람-0123",
        name="김순자",
        address="한빛구 가람로12길 34, 101동 1203호 (가람동, 한빛아파트)",
        phone="010-2646-2265",
        household_type="독거노인",
        benefits=("기초생활보장(생계)", "기초연금", "장기요양 5등급"),
        status="관리 중",
        risk_level="고위험",
        risk_since_on=date(2026, 3, 2),
        risk_reason="배우자 사망 뒤 식사를 거르고 외출이 없음. 이웃 연락 두절 2회.",
        approach="초인종이 고장이라 문을 세 번 두드리고 기다림. 귀가 어두워 큰 소리로 말함.",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def full_case_report() -> CaseReportFacts:
    members = (
        MemberFacts(
            name="김순자",
            relation="본인",
            born="1941. 3. 2.",
            age="85세",
            sex="여",
            phone="010-2646-2265",
            note="보청기",
        ),
        MemberFacts(
            name=unicodedata.normalize("NFD", "이뷁희"),
            relation="손녀",
            born="2009. 11. 30.",
            age="16세",
            sex="여",
            phone="",
            note='<b>x</b> <img src=x> =1+1 & "따옴표" 😀👩‍⚕️ ☑ ☐ ✔ ∼ ㈜ 漢字 ℃',
        ),
        MemberFacts(
            name="Nguyễn Thị Hoa",
            relation="며느리",
            born="1988. 5. 17.",
            age="38세",
            sex="여",
            phone="010-3333-4444",
            note="",
        ),
    )
    return CaseReportFacts(
        letterhead=letterhead("가구별 사례보고서"),
        household=household(),
        assignees=(
            AssigneeFacts(role="복지담당", name="이도현", since_on=date(2025, 11, 3)),
            AssigneeFacts(role="방문간호사", name="박지안", since_on=date(2026, 1, 5)),
            AssigneeFacts(role="방문간호사", name="정유나", since_on=date(2024, 1, 2), until_on=date(2026, 1, 4)),
        ),
        members=members,
        safety_flags=(
            SafetyFlagFacts(
                kind="대형견",
                rule="단독 가능",
                basis="마당에 묶인 개가 짖음. 대문 오른쪽으로 들어감.",
                noted_by="이도현",
                noted_on=date(2026, 2, 10),
                review_on=date(2026, 8, 10),
            ),
            SafetyFlagFacts(
                kind="음주",
                rule="2인 필수",
                basis="같은 건물 이웃이 술에 취해 소리를 지른 일이 있음.",
                noted_by="박지안",
                noted_on=date(2026, 5, 1),
                review_on=None,
            ),
        ),
        dues=(
            DueFacts(
                what="집중관리군 방문",
                whom="김순자",
                due_on=date(2026, 9, 17),
                status="경과",
                days_overdue=3,
                because="집중관리군 3개월 8회(2026-07-02~2026-10-01) 중 5회, 남은 3회. "
                "마지막 방문 9/3(목). 규칙 NURSE_INTENSIVE v2026.",
            ),
            DueFacts(
                what="일반 점검",
                whom="",
                due_on=date(2026, 9, 23),
                status="기한 전",
                days_overdue=0,
                because="30일마다 점검. 마지막 점검 8/26(수). 계산일 9/25(금)은 추석 연휴라 9/23(수)로 앞당김.",
            ),
        ),
        care_groups=(
            CareGroupFacts(
                member="김순자",
                group="집중관리군",
                from_on=date(2026, 7, 2),
                until_on=None,
                reason="혈압 조절 안 됨, 낙상 1회",
            ),
            CareGroupFacts(
                member="김순자",
                group="정기관리군",
                from_on=date(2026, 1, 5),
                until_on=date(2026, 7, 1),
                reason="",
            ),
        ),
        risk_history=(
            RiskFacts(level="고위험", since_on=date(2026, 3, 2), set_by="이도현", reason="배우자 사망"),
            RiskFacts(level="중위험", since_on=date(2025, 11, 3), set_by="이도현", reason=""),
        ),
        sections=(
            SectionFacts(
                title="발굴 이력",
                columns=("차수", "경로", "결과"),
                rows=(
                    ("2026년 3차", "단전 통보", "방문상담. 긴급복지 연계"),
                    ("2025년 6차", "건강보험료 체납", "상담 완료, 서비스 거부"),
                ),
            ),
        ),
        visits=(
            visit(
                17,
                purpose="간호·복지",
                visited_by=("박지안", "이도현"),
                members_seen=("김순자", unicodedata.normalize("NFD", "이뷁희")),
                welfare_note=LONG_NOTE,
                nursing_note="오른쪽 무릎 통증 NRS 4. 처방약 복약 확인.\n- 아침 약: 복용\n- 저녁 약: 3일 빠뜨림",
                corrections=1,
                late="사후 입력 2일 뒤",
            ),
            visit(31, nursing_note="<img src=x>를 적으면 어떻게 되나 <b>굵게 =1+1"),
            visit(45, mode="방문-부재", purpose="복지", members_seen=(), nursing_note="", vitals="", promised=""),
            visit(60, nursing_note="", nursing_withheld="간호기록은 열람 권한이 없어 뺐습니다"),
            *(visit(75 + 14 * at) for at in range(6)),
        ),
        vitals=(
            VitalsFacts(
                member="김순자",
                readings=tuple(reading(260 - 20 * at, 132 + (at * 7) % 34, 78 + (at * 5) % 17) for at in range(13)),
            ),
            VitalsFacts(
                member="Nguyễn Thị Hoa",
                readings=(ReadingFacts(measured_at=NOW, remark="혈압 거부, 체온 측정불가"),),
            ),
        ),
        contacts=(
            ContactFacts(
                occurred_on=date(2026, 9, 10),
                mode="전화-통화",
                purpose="안부확인",
                contacted_by="이도현",
                reached=("김순자",),
                note="식사는 하셨고 목소리 밝음.",
            ),
            ContactFacts(
                occurred_on=date(2026, 9, 8),
                mode="전화-무응답",
                purpose="안부확인",
                contacted_by="이도현",
                reached=(),
                note="",
            ),
        ),
    )


def empty_case_report() -> CaseReportFacts:
    bare = household(
        number="가람-0999",
        name="홍길동",
        address="",
        phone="",
        household_type="",
        benefits=(),
        risk_level="",
        risk_since_on=None,
        risk_reason="",
        approach="",
    )
    return CaseReportFacts(letterhead=letterhead("가구별 사례보고서", counting_rules=(), copy_number=1), household=bare)


FAMILY_NAMES = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN_NAMES = ("순자", "영희", "철수", "말순", "도현", "지안", "복례", "상철", "은서", "막내")
BECAUSE = (
    "정기관리군 3개월마다. 마지막 방문 6/20(토). 계산일 9/20(일)은 주말이라 9/18(금)로 앞당김. 규칙 NURSE_REGULAR v2026.",
    "집중관리군 3개월 8회(2026-07-02~2026-10-01) 중 5회, 남은 3회. 규칙 NURSE_INTENSIVE v2026.",
    "고난도 점검 14일마다. 마지막 점검 9/9(수). 규칙 CASE_CHECK_COMPLEX v2026.",
)


def person(at: int) -> str:
    return FAMILY_NAMES[at % 20] + GIVEN_NAMES[at // 20 % 10]


def caseload_row(at: int) -> CaseloadRow:
    due = None if at % 17 == 0 else TODAY + timedelta(days=at % 40 - 6)
    late = max((TODAY - due).days, 0) if due else 0
    return CaseloadRow(
        number=f"가람-{at:04d}",
        name=person(at),
        age=f"{60 + at % 38}세",
        household_type=("독거노인", "노인부부", "한부모", "청장년 1인", "장애인")[at % 5],
        care_group=("집중", "정기", "자기역량", "미분류")[at % 4],
        risk=("고위험", "중위험", "저위험")[at % 3],
        last_seen_on=None if at % 29 == 0 else TODAY - timedelta(days=at * 3 % 130),
        next_due_on=due,
        status=("기한 없음" if due is None else "경과" if late else "예정"),
        days_overdue=late,
        because="관리 기준이 없습니다." if due is None else BECAUSE[at % 3],
    )


def caseload(count: int = 100) -> CaseloadFacts:
    rows = tuple(caseload_row(at) for at in range(count))
    dues = [
        CaseloadDue(
            number=row.number,
            name=row.name,
            what="정기관리군 방문" if at % 2 else "고난도 점검",
            due_on=row.next_due_on,
            status=row.status,
            days_overdue=row.days_overdue,
            because=row.because,
        )
        for at, row in enumerate(rows)
        if row.next_due_on and row.next_due_on <= TODAY + timedelta(days=6)
    ]
    return CaseloadFacts(
        letterhead=letterhead("담당자별 사례현황", period="2026. 9. 20. 기준", document_number="가람동-R04-2026-0031"),
        assignee="박지안",
        role="방문간호사",
        as_of=TODAY,
        care_groups=("집중", "정기", "자기역량"),
        risks=("고위험", "중위험", "저위험"),
        households=rows,
        overdue=tuple(sorted((due for due in dues if due.days_overdue), key=lambda due: due.due_on)),
        this_week=tuple(due for due in dues if not due.days_overdue),
    )


def schedule_row(at: int) -> ScheduleRow:
    return ScheduleRow(
        planned=("09:30", "10:40", "오후", "", "14:00")[at % 5],
        number=f"가람-{at:04d}",
        name=person(at * 7),
        age=f"{70 + at}세",
        household_type="독거노인",
        address=f"한빛구 가람로{at + 3}길 {at * 3 + 1}, 101동 {at + 2}03호 (가람동)",
        approach="초인종이 고장이라 문을 세 번 두드림." if at % 2 else "",
        phone=f"010-2{at:03d}-11{at:02d}",
        safety=("2인 필수", "대형견") if at % 3 == 0 else (),
        because=BECAUSE[at % 3],
        previous=SENTENCES[at % 4] if at % 5 else "",
    )


def schedule(count: int = 6) -> ScheduleFacts:
    return ScheduleFacts(
        letterhead=letterhead(
            "오늘의 방문 일정표", period="", document_number="가람동-F10-2026-0188", approvals=("담당", "팀장")
        ),
        day=TODAY,
        visitor="박지안",
        role="방문간호사",
        rows=tuple(schedule_row(at) for at in range(count)),
        blank_rows=2,
    )
