"""People as a central list names them, and the file somebody would upload. All invented, the same ones on every run."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from datetime import date, timedelta

from app.households.rules import DwellingDetails, HouseholdDetails, HouseholdType, MemberDetails, Sex

HEADINGS = ("연번", "성명", "생년월일", "성별", "전화번호", "행정동", "도로명주소", "상세주소", "위기정보",
            "체납개월수", "이전발굴횟수", "비고")  # fmt: skip
SURNAMES, SYLLABLES = "김이박최정강조윤장임한오서신권황안송류홍", "민서준하은지우영수현진아라나연주호성미경숙자철순덕봉"
STREETS = ("가람로", "나래길", "다솜로12번길", "한빛대로", "느티나무길", "은행나무로", "물레방아길", "햇살로")
CRISES = ("단전", "단수", "건강보험료 체납", "통신요금 연체", "관리비 체납", "국민연금 체납")

Row = tuple[str, ...]


def people(count: int, seed: int, dongs: Sequence[str]) -> list[Row]:
    """So many rows, spread over the 행정동."""
    chance = random.Random(seed)
    return [_row(number, chance, dongs) for number in range(1, count + 1)]


def _row(number: int, chance: random.Random, dongs: Sequence[str]) -> Row:
    name = chance.choice(SURNAMES) + "".join(chance.choices(SYLLABLES, k=2))
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(25_000))
    phone = f"010-{chance.randrange(2000, 9999)}-{chance.randrange(10_000):04d}" if chance.random() < 0.9 else ""
    return (
        str(number), name, born.isoformat(), chance.choice("남여"), phone, chance.choice(dongs),
        f"한빛구 {chance.choice(STREETS)} {chance.randrange(1, 900)}",
        f"{chance.randrange(101, 130)}동 {chance.randrange(1, 20) * 100 + chance.randrange(1, 9)}호",
        ", ".join(chance.sample(CRISES, 2)), str(chance.randrange(24)), str(chance.randrange(8)), "",
    )  # fmt: skip


def as_csv(rows: Sequence[Row]) -> bytes:
    """The file somebody would upload."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADINGS, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_household(row: Row, centre_id: int) -> HouseholdDetails:
    """The person of a row as a household that stands there before any list comes."""
    head = MemberDetails(
        row[1], sex=Sex.MALE if row[3] == "남" else Sex.FEMALE, birth_on=date.fromisoformat(row[2]), phone=row[4]
    )
    return HouseholdDetails(
        centre_id,
        DwellingDetails(row[6], "", row[7]),
        phone=row[4],
        household_type=HouseholdType.SINGLE,
        members=(head,),
    )


def met_again(rows: Sequence[Row], known: Sequence[Row], every: int) -> list[Row]:
    """The rows, one in `every` of them replaced by somebody of `known`."""
    again = list(rows)
    again[::every] = [(*mine[:1], *theirs[1:]) for mine, theirs in zip(rows[::every], known, strict=False)]
    return again
