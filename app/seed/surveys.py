"""What the surveys of needs found in the cases of the fictional district, first and once more when things went better."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.rules import CaseClass
from app.needs import queries
from app.needs.rules import NeedLevel
from app.needs.service import NeedsDetails, record_needs
from app.seed.dice import stream, weighted

N = NeedLevel
ORDINARY = ((N.NONE, 58), (N.WATCH, 22), (N.NEEDED, 16), (N.URGENT, 4))
GRAVE = ("SAFE_IN_FAMILY", "HEALTH_MENTAL")
"""Of a case that became 고난도 one of these is urgent."""
QUIET = frozenset({"SAFE_IN_FAMILY", "SAFE_OUTSIDE", "HEALTH_MENTAL"})
"""Of the others none of these is more than watched."""
NOTES: Mapping[str, str] = {
    "DAILY_LIVING": "하루 한 끼를 라면으로 때우심. 밑반찬이 있으면 드신다고 하심.", "ECON_BASIC": "월세가 석 달 밀림. 받는 급여는 기초연금뿐.",
    "HEALTH_PHYSICAL": "허리와 무릎이 아파 오래 서지 못하심.", "HEALTH_MENTAL": "잠을 못 이루고 눈물이 난다고 하심.",
    "SAFE_IN_FAMILY": "함께 사는 아들이 술을 마시면 큰소리를 냄.", "SOCIAL_KIN_NEIGHBOR": "한 달 동안 이야기한 사람이 통장뿐이라고 하심.",
    "HOUSE_INSIDE": "벽지에 곰팡이가 번지고 보일러가 자주 꺼짐.", "JOB_KEEP": "일용직을 나가다 허리를 다쳐 쉬는 중.",
    "FAMILY_CARE": "손주를 돌보느라 병원에 갈 틈이 없다고 하심.", "ECON_ASSET": "카드빚이 얼마인지 모른다고 하심.",
}  # fmt: skip
STRENGTHS = (
    "이웃 한 분과 자주 왕래하고, 약속을 잘 지키심.", "젊어서 재봉 일을 하셔서 손이 야무지심.",
    "몸이 아파도 스스로 밥을 지으려 하심.", "딸이 주마다 전화하고 걱정함.",
)  # fmt: skip
OWN_WORDS = (
    "남한테 신세 지기 싫은데 이제는 힘에 부쳐요.", "빚만 정리되면 살 것 같아요.", "말할 사람이 있었으면 좋겠어요.",
    "아픈 데만 나으면 다시 일하고 싶어요.",
)  # fmt: skip
VIEWS = (
    "식사와 월세를 먼저 돕고, 사람과 만날 자리를 만들면 나아질 것으로 봄.", "건강부터 살피며 천천히 관계를 맺는 것이 좋겠음.",
    "빚 상담을 잇고 일자리를 함께 알아볼 필요가 있음.",
)  # fmt: skip


class Surveys:
    """Writes surveys through the service, the same ones every time."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.seed = session, seed

    def first(self, case: Case, case_class: CaseClass, at: datetime, *, actor: Identity) -> None:
        """The survey that takes the case from 접수 to 조사."""
        self._record(case, self._levels(case, case_class, at), "first", at, actor=actor)

    def again(self, case: Case, at: datetime, *, actor: Identity) -> None:
        """Some months later: most of what was needed is only watched now."""
        before = queries.list_assessments(self.session, case.household_id)[0]
        rng = stream(self.seed, "survey again", case.household.number)
        better = {
            found.item: N.WATCH if found.level.is_needed and rng.random() < 0.7 else found.level
            for found in before.found
        }  # fmt: skip
        self._record(case, better, "again", at, actor=actor)

    def _levels(self, case: Case, case_class: CaseClass, at: datetime) -> dict[str, NeedLevel]:
        rng = stream(self.seed, "survey", case.household.number)
        form = queries.read(queries.form_in_force(self.session, case.household.centre.district_id, on=_day(at)))
        levels = {item.code: weighted(rng, ORDINARY) for item in form.items}
        for code in QUIET & set(levels):
            levels[code] = min(levels[code], N.WATCH, key=lambda level: level.severity)
        levels["DAILY_LIVING"] = N.NEEDED
        if case_class is CaseClass.COMPLEX:
            levels[rng.choice(GRAVE)] = N.URGENT
        return levels

    def _record(
        self, case: Case, levels: Mapping[str, NeedLevel], which: str, at: datetime, *, actor: Identity
    ) -> None:
        rng = stream(self.seed, "survey words", which, case.household.number)
        form = queries.form_in_force(self.session, case.household.centre.district_id, on=_day(at))
        details = NeedsDetails(
            uuid5(NAMESPACE_URL, f"seed-needs:{which}:{case.id}"), form.id, _day(at), levels,
            {code: NOTES[code] for code, level in levels.items() if level.is_needed and code in NOTES},
            rng.choice(STRENGTHS), rng.choice(OWN_WORDS), rng.choice(VIEWS),
        )  # fmt: skip
        record_needs(self.session, case.household, details, actor=actor, now=at)


def _day(at: datetime) -> date:
    return at.date()
