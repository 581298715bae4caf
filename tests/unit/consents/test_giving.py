"""What must be said when somebody agrees, and what a text must say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from app.consents.rules import (
    MUST_SAY,
    ConsentChannel,
    ConsentDetails,
    ConsentKind,
    Receiver,
    Signer,
    TextError,
    proposed_end,
    read_out,
    refusals,
    words_from,
)

TODAY = date(2026, 11, 23)
PLAIN = ConsentDetails(1, ConsentKind.PERSONAL, 0, ConsentChannel.PAPER, TODAY)
SHIPPED = json.loads((Path(__file__).parents[3] / "seed_data" / "consent_texts.json").read_text(encoding="utf-8"))
DOCUMENT: dict[str, Any] = {"paragraphs": [{"heading": each, "words": "말"} for each in MUST_SAY], "months": 12}


@pytest.mark.parametrize(
    ("details", "age", "codes"),
    [
        (PLAIN, 80, []),
        (PLAIN, None, []),
        (replace(PLAIN, given_on=TODAY + timedelta(days=1)), 80, ["TO_COME"]),
        (replace(PLAIN, given_on=date.max, valid_until=date.max), 80, ["TO_COME"]),
        (replace(PLAIN, valid_until=TODAY - timedelta(days=1)), 80, ["ENDS_FIRST"]),
        (replace(PLAIN, valid_until=date(2031, 11, 23)), 80, []),
        (replace(PLAIN, valid_until=date(2031, 11, 24)), 80, ["TOO_LONG"]),
        (replace(PLAIN, kind=ConsentKind.THIRD_PARTY), 80, ["NO_RECEIVER"]),
        (replace(PLAIN, kind=ConsentKind.THIRD_PARTY, receiver=Receiver(" ")), 80, ["NO_RECEIVER"]),
        (replace(PLAIN, kind=ConsentKind.THIRD_PARTY, receiver=Receiver("", 3)), 80, []),
        (PLAIN, 13, ["CHILD"]),
        (PLAIN, 14, []),
        (replace(PLAIN, signer=Signer.FAMILY, signer_name="어머니", proxy_because="어림"), 13, ["CHILD"]),
        (replace(PLAIN, signer=Signer.GUARDIAN, signer_name="어머니", proxy_because="어림"), 13, []),
        (replace(PLAIN, signer=Signer.PROXY), 80, ["NO_SIGNER", "NO_PROXY_REASON"]),
        (replace(PLAIN, channel=ConsentChannel.SPOKEN), 80, ["NO_NOTE"]),
        (replace(PLAIN, channel=ConsentChannel.SPOKEN, note="전화로 글을 읽어 드림"), 80, []),
    ],
)
def test_everything_a_consent_lacks_is_told_at_once(details: ConsentDetails, age: int | None, codes: list[str]) -> None:
    assert [each.code for each in refusals(details, age=age, today=TODAY)] == codes


def test_a_term_ends_on_the_same_day_of_its_month() -> None:
    assert proposed_end(date(2026, 11, 23), 12) == date(2027, 11, 23)
    assert proposed_end(date(2027, 8, 31), 6) == date(2028, 2, 29)


@pytest.mark.parametrize("heading", MUST_SAY)
def test_a_text_that_leaves_out_what_the_law_asks_for_is_refused(heading: str) -> None:
    told = [row if row["heading"] != heading else {**row, "words": " "} for row in DOCUMENT["paragraphs"]]
    with pytest.raises(TextError, match=r".*") as refused:
        words_from(ConsentKind.PERSONAL, "1", "동의서", {**DOCUMENT, "paragraphs": told})
    assert heading in refused.value.problem


@pytest.mark.parametrize(("title", "months"), [(" ", 12), ("동의서", 0), ("동의서", 61)])
def test_a_text_has_a_title_and_a_term(title: str, months: int) -> None:
    with pytest.raises(TextError):
        words_from(ConsentKind.PERSONAL, "1", title, {**DOCUMENT, "months": months})


def test_every_kind_has_a_text_that_says_what_the_law_asks_for_and_how_sure_it_is() -> None:
    read = {
        row["kind"]: words_from(ConsentKind(row["kind"]), row["version"], row["title"], row) for row in SHIPPED["texts"]
    }
    assert set(read) == {kind.value for kind in ConsentKind}
    assert all("개인정보 보호법" in words.source and words.confidence == "DEFAULT" for words in read.values())


def test_a_text_is_read_out_with_the_person_the_receiver_and_the_last_day() -> None:
    words = words_from(ConsentKind.THIRD_PARTY, "2026-01", "제공 동의서", DOCUMENT)
    text = read_out(words, person="천둥솔", receiver=Receiver("한빛 나눔가게"), until="2027-11-23")
    assert text.splitlines()[:3] == ["제공 동의서 (2026-01판)", "동의하는 사람: 천둥솔", "받는 곳: 한빛 나눔가게"]
    assert text.endswith("동의 기한: 2027-11-23")
    alone = read_out(replace(words, kind=ConsentKind.PERSONAL), person="천둥솔", receiver=Receiver(), until="")
    assert "받는 곳" not in alone
    assert alone.endswith("따로 거둘 때까지")
