"""Fictional official forms: each full of everything people type, and each blank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.cases.rules import CounsellingWay, Route
from app.plans.rules import ReferralGround, ReferralReply, SharedFacts
from app.reports.rules.boxed import BLANK, ChoiceFacts, FormHouseholdFacts, FormMemberFacts, choice_of
from app.reports.rules.closing_sheets import (
    AGAIN,
    NOT_AGAIN,
    AftercareContactFacts,
    AftercareSheetFacts,
    ApprovalFacts,
    CaseFacts,
    ClosureSheetFacts,
    NeedChangeFacts,
)
from app.reports.rules.counselling_sheet import CounsellingSheetFacts
from app.reports.rules.letterhead import DEFAULT_APPROVALS
from app.reports.rules.plan_sheet import CheckFacts, GoalFacts, PlanSheetFacts, ServiceFacts
from app.reports.rules.referral_sheet import AgencyFacts, ReferralSheetFacts, ReferredFacts, ReplyFacts
from app.reports.rules.register import Masking
from tests.unit.reports import papers, sheet_papers

HOUSEHOLD = FormHouseholdFacts(
    number="가람-0123", name="김순자", address="한빛구 가람로12길 34, 101동 1203호 (가람동, 한빛아파트)",
    phone="010-2646-2265", household_type="독거노인", benefits=("기초생활보장(생계)", "기초연금"), risk="고위험",
    worker="최은서", nurse="박지안",
    members=(
        FormMemberFacts(name="김순자", relation="본인", sex="여", age="85세"),
        FormMemberFacts(name="이뷁희", relation="자녀", sex="남", age="58세"),
    ),
)  # fmt: skip
WITHOUT_MEMBERS = replace(HOUSEHOLD, members=())
CASE = CaseFacts(
    intake_on=date(2026, 2, 3), route="이웃신고", case_class="사례관리(일반)", keeper="최은서",
    reason="월세가 밀리고 식사를 거르신다고 이웃이 알려 옴",
)  # fmt: skip
TOLD = "전기요금이 두 달 밀렸고 냉장고에 반찬이 거의 없었음. 무릎이 아파 밖에 나가기 어렵다고 하심."
REASONS = (
    "장기목표 달성", "단기목표 달성", "상황호전", "이사", "사망", "시설 입소", "거절·포기", "연락두절", "기타",
)  # fmt: skip
GOALS = (
    GoalFacts(
        number=1, span="단기", need="일상생활 유지", text="하루 두 끼를 드신다", target_on=date(2026, 6, 30), reach="달성",
        note="밑반찬으로 아침과 저녁을 드심",
    ),
    GoalFacts(
        number=2, span="장기", need="경제적 기초생활 해결", text="밀린 월세와 전기요금을 나누어 낸다", target_on=None,
        reach="일부 달성",
    ),
)  # fmt: skip
SERVICES = (
    ServiceFacts(
        number=1, goal="1", title="밑반찬", method="현물", amount="주 2회", period="2026. 3. 2. ~ 2026. 8. 31.",
        provider="가람복지관", provider_kind="민간", checker="최은서", rhythm="14일마다", note="문 앞에 두지 않음",
    ),
    ServiceFacts(
        number=2, goal="2", title="긴급복지 생계지원", method="현금", amount="월 71만 원, 3개월",
        period="2026. 3. 10. ~ 2026. 6. 9.", provider="한빛구청 복지정책과", provider_kind="공공", checker="최은서",
        rhythm="사례 점검 때", ended="2026. 6. 9. 끝냄: 지원 기간이 끝남",
    ),
    ServiceFacts(
        number=3, goal="", title="치매 선별검사", method="서비스", amount="1회", period="2026. 4. 1. ~ 계속",
        provider="한빛구 보건소", provider_kind="공공", checker="박지안", rhythm="사례 점검 때",
    ),
    ServiceFacts(
        number=4, goal="1", title="말벗", method="연계", amount="주 1회", period="2026. 4. 1. ~ 계속", provider="옆집 소 씨",
        provider_kind="", checker="최은서", rhythm="30일마다",
    ),
)  # fmt: skip


def head(title: str, code: str, **changes: Any) -> Any:
    return papers.letterhead(
        title, document_number=f"가람동-{code}-2026-0003", period="2026. 9. 20. 기준", counting_rules=(),
        approvals=DEFAULT_APPROVALS, masking=Masking.FULL, **changes,
    )  # fmt: skip


def counselling(**changes: Any) -> CounsellingSheetFacts:
    whole = CounsellingSheetFacts(
        letterhead=head("초기상담지", "F01"), subject="counselling:1", household=HOUSEHOLD,
        counselled_on=date(2026, 2, 4), ways=choice_of(CounsellingWay, CounsellingWay.VISIT),
        routes=choice_of(Route, Route.NEIGHBOUR), with_whom="본인, 전화로 따님",
        complaint="«밥을 못 해 먹겠어요. 무릎이 아파서.»", family="따님과는 명절에만 연락함", housing="월세 25만 원, 석 달 밀림",
        income="기초연금 뿐", health="혈압약을 저녁에 자주 거르심", told="긴급복지와 밑반찬 지원을 안내함. " + TOLD,
        measures="긴급복지 신청을 도움. 2월 10일 욕구조사를 하기로 함", counsellor="최은서 복지담당",
    )  # fmt: skip
    return replace(whole, **changes)


def plan(**changes: Any) -> PlanSheetFacts:
    [signature] = sheet_papers.nursing().signatures
    whole = PlanSheetFacts(
        letterhead=head("서비스 제공계획 및 점검표", "F04"), subject="service_plan:2", household=HOUSEHOLD, version="2판",
        state="승인", drawn_on=date(2026, 3, 1), drawn_by="최은서", approved_on=date(2026, 3, 2),
        because="긴급복지가 정해져 서비스를 더함", case_class="사례관리(일반)", keeper="최은서", goals=GOALS, services=SERVICES,
        checks=tuple(
            CheckFacts(
                checked_on=date(2026, 3, 16), service=each.title, given="제공됨" if at else "제공되지 않음",
                satisfied="만족" if at else "", note="" if at else "설 연휴라 한 번 쉼", by="최은서",
            )
            for at, each in enumerate(SERVICES)
        ),
        clients_view="반찬이 오면 좋겠다. 병원에 갈 때 같이 가 주면 좋겠다.", signer="김순자 (본인)",
        signature=replace(signature, signer="김순자 (본인)", state="서명한 글 그대로"),
    )  # fmt: skip
    return replace(whole, **changes)


def referral(**changes: Any) -> ReferralSheetFacts:
    whole = ReferralSheetFacts(
        letterhead=head("서비스 의뢰서", "F06"), subject="referral:4",
        agency=AgencyFacts(
            name="가람복지관", kind="민간", contact="마음돌봄팀 정담우", phone="02-555-0101", fax="02-555-0102",
            address="한빛구 가람로 90",
        ),
        person=ReferredFacts(
            number="가람-0123", name="김순자", born="1941. 3. 2.", age="85세", sex="여", phone="010-2646-2265",
            address="한빛구 가람로12길 34, 101동 1203호", family="독거노인, 자녀(남, 58세)", health="건강 문제: 통증\n복용 약: 혈압약",
            services="밑반찬: 주 2회, 가람복지관",
        ),
        sent_on=date(2026, 9, 1), reply_due_on=date(2026, 9, 15), sender="최은서 복지담당",
        sender_phone="02-555-0200", reason="혼자 끼니를 챙기기 어려움. " + TOLD, asked_for="주 2회 밑반찬과 말벗",
        shares=choice_of(
            SharedFacts, SharedFacts.NAME, SharedFacts.CONTACT, SharedFacts.FAMILY, SharedFacts.HEALTH, SharedFacts.SERVICES
        ),
        grounds=choice_of(ReferralGround, ReferralGround.CONSENT),
        ground_words="제3자 제공 동의 · 2026. 8. 30. · 서면 · 본인 · 2027. 8. 29.까지",
        reply=ReplyFacts(answers=choice_of(ReferralReply)),
    )  # fmt: skip
    return replace(whole, **changes)


def replied() -> ReferralSheetFacts:
    reply = ReplyFacts(
        answers=choice_of(ReferralReply, ReferralReply.WAITING), replied_on=date(2026, 9, 10), note="10월부터 가능"
    )
    return referral(reply=reply)


def closure(**changes: Any) -> ClosureSheetFacts:
    whole = ClosureSheetFacts(
        letterhead=head("종결심사서", "F07"), subject="welfare_case:7", household=WITHOUT_MEMBERS, case=CASE,
        state="결재를 기다림", closed_on=date(2026, 9, 18), reasons=ChoiceFacts(options=REASONS, chosen=("상황호전",)),
        goals=GOALS, goals_reached="두 끼를 꾸준히 드시고 밀린 전기요금을 모두 냄", services=SERVICES[:3],
        needs=(
            NeedChangeFacts(domain="일상생활 유지", first="긴급", latest="관찰", change="나아짐"),
            NeedChangeFacts(domain="경제적 기초생활 해결", first="필요", latest="필요", change="그대로"),
            NeedChangeFacts(domain="사회적 관계", first="", latest="관찰", change="처음 물음"),
        ),
        assessed="2026. 2. 10. → 2026. 9. 10.", note="본인이 종결에 동의함", aftercare="9개월 안에 2회, 2027. 6. 18.까지",
        approvals=(
            ApprovalFacts(
                asked="최은서, 2026. 9. 1. 10:20", decided="민하준, 2026. 9. 2. 09:00", verdict="돌려보냄",
                words="월세가 어떻게 되었는지 적어 주세요",
            ),
            ApprovalFacts(asked="최은서, 2026. 9. 18. 11:00", decided="", verdict="기다림", words=""),
        ),
    )  # fmt: skip
    return replace(whole, **changes)


def aftercare(**changes: Any) -> AftercareSheetFacts:
    contact = AftercareContactFacts(
        number="1",
        on=date(2026, 10, 20),
        mode="방문-대면",
        by="최은서",
        reached=("김순자",),
        note="반찬을 스스로 해 드심. " + TOLD,
    )
    whole = AftercareSheetFacts(
        letterhead=head("사후관리 점검표", "F08"), subject="welfare_case:7", household=WITHOUT_MEMBERS, case=CASE,
        closed_on=date(2026, 9, 18), closure_reason="상황호전", goals_reached="두 끼를 꾸준히 드심",
        agreed="9개월 안에 2회", until=date(2027, 6, 18), done="2회 가운데 1회",
        contacts=(
            contact,
            replace(contact, number="", on=date(2026, 12, 1), mode="방문-부재", reached=(), note="초인종, 응답 없음"),
        ),
        again=ChoiceFacts(options=(AGAIN, NOT_AGAIN), chosen=(AGAIN,)), outcome="2027. 1. 5. 다시 접수. 넘어져 다치심",
    )  # fmt: skip
    return replace(whole, **changes)


FILLED = {
    "counselling": counselling(),
    "plan": plan(),
    "referral": referral(),
    "replied": replied(),
    "closure": closure(),
    "aftercare": aftercare(),
}


def _blank(title: str, code: str) -> dict[str, Any]:
    return {
        "letterhead": replace(head(title, code), period="손으로 쓰는 서식", masking=Masking.STATISTICS), "subject": BLANK,
        "is_blank": True,
    }  # fmt: skip


BLANKS = {
    "counselling": CounsellingSheetFacts(
        household=FormHouseholdFacts(), ways=choice_of(CounsellingWay), routes=choice_of(Route),
        **_blank("초기상담지", "F01"),
    ),
    "plan": PlanSheetFacts(household=FormHouseholdFacts(), **_blank("서비스 제공계획 및 점검표", "F04")),
    "referral": ReferralSheetFacts(
        agency=AgencyFacts(), person=ReferredFacts(), shares=choice_of(SharedFacts), grounds=choice_of(ReferralGround),
        reply=ReplyFacts(answers=choice_of(ReferralReply)), **_blank("서비스 의뢰서", "F06"),
    ),
    "closure": ClosureSheetFacts(
        household=FormHouseholdFacts(), reasons=ChoiceFacts(options=REASONS), **_blank("종결심사서", "F07")
    ),
    "aftercare": AftercareSheetFacts(
        household=FormHouseholdFacts(), again=ChoiceFacts(options=(AGAIN, NOT_AGAIN)), **_blank("사후관리 점검표", "F08")
    ),
}  # fmt: skip
