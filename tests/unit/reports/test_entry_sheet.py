"""The urgent entry request: one page, readable, with room to write; it hides what its level hides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from app.reports import documents
from app.reports.rules import HEALTH_WITHHELD, EntryGround, Masking, ResidentFacts, masked, to_json
from tests.unit.reports import entry_papers
from tests.unit.reports.reading import page_texts, squeezed, text_of

BY_HAND = (
    "경찰서·지구대", "소방서·안전센터", "출입 일시", "들어간 방법", "강제로 엶", "구급 이송", "파손·조치", "입회인 (소속·성명·서명)"
)  # fmt: skip
LONG_ADDRESS = (
    "한빛특별자치시 가나다라마바구 아주긴이름의대로1234번길 567-89, 한빛마을 주상복합 제1302동 2405호 "
    + "가나다라" * 20
)


@pytest.mark.parametrize("tries", range(6))
def test_in_the_usual_case_it_is_one_page(tries: int) -> None:
    facts = entry_papers.entry_sheet(tries=tuple(entry_papers.entry_try(at + 1) for at in range(tries)))
    assert len(page_texts(documents.draw(facts))) == 1


def test_what_people_really_write_stays_on_one_page() -> None:
    said = "이웃: 아랫집 말로는 방앗간에 간다고 했다 함. 초인종 3회 응답 없음. 우편함에 명함 넣음"
    residents = papers_of_a_family()
    facts = entry_papers.entry_sheet(
        residents=residents,
        tries=tuple(entry_papers.entry_try(at + 1, heard=said) for at in range(3)),
    )
    assert len(page_texts(documents.draw(facts))) == 1


def papers_of_a_family() -> tuple[ResidentFacts, ...]:
    [woman] = entry_papers.entry_sheet().residents
    return (woman, replace(woman, name="송소율", relation="자녀", age="1세", phone="", note=""))


def test_a_door_nobody_knows_is_one_page_that_says_so() -> None:
    [page] = page_texts(documents.draw(entry_papers.unknown_entry_sheet()))
    assert squeezed("주소 미확인") in squeezed(page)
    assert squeezed("안전 주의 해당 없음") in squeezed(page)


@pytest.mark.parametrize("facts", [entry_papers.entry_sheet(), entry_papers.unknown_entry_sheet()])
def test_there_is_room_for_what_is_found_at_the_door(facts) -> None:
    text = squeezed(text_of(documents.draw(facts)))
    assert [words for words in BY_HAND if squeezed(words) not in text] == []


def test_it_says_that_it_permits_nothing() -> None:
    text = squeezed(text_of(documents.draw(entry_papers.entry_sheet())))
    assert squeezed("이 요청서는 출입을 허가하는 문서가 아닙니다") in text


def test_the_numbers_to_call_stand_in_their_order() -> None:
    text = squeezed(text_of(documents.draw(entry_papers.entry_sheet())))
    places = [text.index(squeezed(words)) for words in ("1. 경찰", "2. 소방", "3. 관리사무소", "4. 가족")]
    assert places == sorted(places)
    assert text.index("112", places[0]) < text.index("119", places[0])


def test_long_words_flow_overleaf_and_lose_nothing() -> None:
    heard = " ".join(f"[{at}] 관리소장이 지난주에 보았다고 함" for at in range(40))
    residents = tuple(
        replace(entry_papers.entry_sheet().residents[0], name=name, note="😀 큰 소리로 부름")
        for name in ("이뷁희", "뷁뷁뷁")
    )
    facts = entry_papers.entry_sheet(
        address=LONG_ADDRESS,
        residents=residents,
        tries=tuple(entry_papers.entry_try(at, heard=heard) for at in range(5)),
    )
    pages = page_texts(documents.draw(facts))
    text = squeezed("".join(pages))
    assert squeezed(LONG_ADDRESS) in text
    assert "이뷁희" in text
    assert all(text.count(f"[{at}]") == 5 for at in range(40))
    continued = [page for page in pages[1:] if "[" in page]
    assert continued
    assert all("해 본 것" in page for page in continued)


@pytest.mark.parametrize("secret", ["2646", "1203호", "12-3", "3333", "3120"])
def test_what_an_agency_may_not_see_is_not_in_the_facts(secret: str) -> None:
    facts = entry_papers.entry_sheet(ground_words="010-2646-2265에 세 번 전화함. 집 전화 02-3120-5050도 받지 않음")
    assert secret in to_json(facts)
    assert secret not in to_json(masked(facts, Masking.AGENCY))


def test_the_numbers_of_police_and_fire_service_are_nobodys_secret() -> None:
    assert [each.phone for each in masked(entry_papers.entry_sheet(), Masking.AGENCY).calls][:2] == ["112", "119"]


def test_health_that_is_withheld_is_said_to_be() -> None:
    text = text_of(documents.draw(entry_papers.entry_sheet(health=(), health_withheld=HEALTH_WITHHELD)))
    assert squeezed(HEALTH_WITHHELD) in squeezed(text)


def test_one_ground_alone_opens_health() -> None:
    assert [ground for ground in EntryGround if ground.opens_health] == [EntryGround.IMMINENT_HARM]
