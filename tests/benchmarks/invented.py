"""People, places and words of the benchmark's district. All invented, the same ones on every run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.follow_ups.rules import Contact, ContactMode, Purpose
from app.households.rules import (
    Benefit,
    Dwelling,
    DwellingDetails,
    HealthGround,
    HouseholdDetails,
    HouseholdType,
    MemberDetails,
    Relation,
    Risk,
    Sex,
)
from app.seed import names

DONGS = ("가람", "나래", "다솜", "라온", "마루", "바름", "새솔", "아람", "자람", "참샘", "하늘", "한울")
ROADS = ("가람로", "나래길", "물레방아길", "느티나무로", "샛별길", "강변로", "솔밭길", "장터길", "언덕길", "우물길")
APPROACHES = (
    "",
    "초인종 고장, 세게 두드릴 것",
    "옆집 할머니께 먼저 인사",
    "계단 3층, 난간 없음",
    "골목 안쪽 파란 대문",
)
NOTES = (
    "밑반찬이 떨어져 주민센터 나눔 냉장고를 안내함. 다음 주부터 도시락 배달 신청하기로 함.",
    "보일러는 잘 돌아감. 전기장판 낡아서 바꿔 드리기로 함. 아들과는 한 달에 한 번 통화한다고 하심.",
    "약 달력이 이틀 비어 있음. 드시는 시간을 다시 정하고 부엌 문에 붙여 둠.",
    "무릎이 아파 병원에 못 갔다고 함. 병원 동행 봉사자를 알아보기로 함.",
    "요즘 잠을 설친다고 함. 낮에 경로당 나가 보시기로 약속함. 이웃이 가끔 들여다봄.",
)
NURSING = (
    "혈압 조금 높음. 짠 음식 줄이기와 약 복용 시각 다시 안내. 어지럼증 없음.",
    "식후 혈당 안정. 발 상태 깨끗함. 다음 달 정기검진 예약 확인.",
    "체중이 한 달에 1kg 줄어 식사량을 살펴봄. 단백질 음료 안내함.",
)
SHARED = ("", "", "식사량이 줄어 반찬 지원이 필요함.", "넘어질 위험이 있어 욕실 손잡이가 필요함.")
BACK_TO = 420
"""Days: how long ago households were registered at least."""


@dataclass(frozen=True)
class Told:
    """One contact as it happened: by whom, and whether somebody was met."""

    contact: Contact
    is_nurse: bool

    @property
    def is_met(self) -> bool:
        return bool(self.contact.members)


def household_details(chance: Random, centre_id: int, dong: str, today: date) -> HouseholdDetails:
    """A household as a form would give it: one to three people."""
    members = tuple(_members(chance, today))
    dwelling = DwellingDetails(
        f"한빛구 {chance.choice(ROADS)} {chance.randint(1, 300)}", f"{dong}동 {chance.randint(1, 300)}-{chance.randint(1, 40)}",
        f"{chance.randint(101, 115)}동 {chance.randint(101, 1520)}호" if chance.random() < 0.6 else "",
        chance.choice(list(Dwelling)), chance.choice(APPROACHES),
    )  # fmt: skip
    return HouseholdDetails(
        centre_id=centre_id, dwelling=dwelling, phone=names.telephone(chance),
        household_type=HouseholdType.SINGLE if len(members) == 1 else HouseholdType.FAMILY,
        benefits=tuple(chance.sample([Benefit.LIVELIHOOD, Benefit.MEDICAL, Benefit.BASIC_PENSION], chance.randint(0, 3))),
        health_ground=HealthGround.CONSENT if chance.random() < 0.7 else None, members=members,
    )  # fmt: skip


def _members(chance: Random, today: date) -> Iterator[MemberDetails]:
    family = names.surname(chance)
    for place in range(chance.choices((1, 2, 3), (0.5, 0.35, 0.15))[0]):
        sex = chance.choice(list(Sex))
        age = chance.randint(62, 92) if place < 2 else chance.randint(20, 60)
        relation = (Relation.HEAD, Relation.SPOUSE, Relation.CHILD)[place]
        born_on = names.birth_date(chance, today, age)
        given = names.given_name(chance, sex.value, born_on.year)
        yield MemberDetails(
            (names.surname(chance) if place == 1 else family) + given,
            relation,
            sex,
            born_on,
            phone=names.mobile(chance),
        )


def risk(chance: Random) -> Risk:
    """Few are in great danger."""
    return chance.choices(list(Risk), (0.08, 0.2, 0.3, 0.42))[0]


def history(chance: Random, today: date, count: int, members: list[int], *, worker_every: int) -> list[Told]:
    """`count` contacts in the order they happened; about a quarter of the households has something due now."""
    nursing = count // 2
    told = [
        *_lane(chance, today, nursing, 91, members, True),
        *_lane(chance, today, count - nursing, worker_every, members, False),
    ]
    return sorted(told, key=lambda each: each.contact.occurred_on)


def _lane(chance: Random, today: date, count: int, every: int, members: list[int], is_nurse: bool) -> Iterator[Told]:
    """One profession's contacts, the newest first; the newest decides whether the next is due."""
    is_due = chance.random() < 0.24
    ago = every + chance.randint(-6, 15) if is_due else chance.randint(1, max(2, every - 9))
    for place in range(count):
        purpose = Purpose.NURSING if is_nurse else chance.choice((Purpose.WELFARE, Purpose.WELFARE, Purpose.CHECK_IN))
        vain = place > 0 and chance.random() < 0.08
        mode = ContactMode.ABSENT if vain else _mode(chance, is_nurse)
        met = () if vain else (members if chance.random() < 0.7 else members[:1])
        yield Told(Contact(today - timedelta(days=ago), mode, purpose, frozenset(met)), is_nurse)
        ago += max(1, round(every * chance.uniform(0.8, 1.0)))


def _mode(chance: Random, is_nurse: bool) -> ContactMode:
    return ContactMode.FACE if is_nurse or chance.random() < 0.6 else ContactMode.CALL
