"""What a masking level hides is nowhere in the facts, wherever it stood."""

from __future__ import annotations

from dataclasses import replace

import pytest
from app.reports.rules import HIDDEN, PROSE_LEFT_OUT, Masking, masked, to_json
from tests.unit.reports import papers

SECRETS = {
    Masking.AGENCY: ("2646", "26462265", "101동", "1203호", "한빛아파트", "3. 2.", "2123456"),
    Masking.STATISTICS: (
        *("2646", "2265", "가람로", "1203호", "1941", "85세", "2123456"),
        *("김순자", "이뷁희", "Nguyễn", "보청기", "무릎"),
    ),
}


def report_that_tells_everything():
    """A report whose written texts repeat what its fields hold."""
    facts = papers.full_case_report()
    telling = (
        "김순자 님(1941. 3. 2.생, 410302-2123456)은 한빛구 가람로12길 34, 101동 1203호 (가람동, 한빛아파트)에 사심. "
        "전화 010-2646-2265, 급할 때 01026462265."
    )
    visits = tuple(replace(visit, welfare_note=telling, nursing_note=telling) for visit in facts.visits)
    dues = tuple(replace(due, because=f"김순자 님 {due.because}") for due in facts.dues)
    house = replace(facts.household, risk_reason=telling, risk_since_on=None)
    return replace(facts, visits=visits, dues=dues, household=house, risk_history=(), care_groups=())


@pytest.mark.parametrize(
    ("level", "secret"), [(level, secret) for level, secrets in SECRETS.items() for secret in secrets]
)
def test_a_hidden_value_is_nowhere_in_the_facts(level: Masking, secret: str) -> None:
    assert secret not in to_json(masked(report_that_tells_everything(), level))


@pytest.mark.parametrize("secret", [secret for secret in SECRETS[Masking.AGENCY] if secret != "2123456"])
def test_a_full_report_hides_nothing_but_resident_numbers(secret: str) -> None:
    told = to_json(masked(report_that_tells_everything(), Masking.FULL))
    assert secret in told
    assert "2123456" not in told


def test_a_report_for_an_agency_keeps_names_and_what_was_written() -> None:
    facts = masked(papers.full_case_report(), Masking.AGENCY)
    assert facts.household.name == "김순자"
    assert facts.household.phone == "010-****-2265"
    assert facts.household.address == "한빛구 가람로12길 *** (가람동)"
    assert facts.members[0].born == "1941년"
    assert facts.visits[1].nursing_note == papers.full_case_report().visits[1].nursing_note


def test_a_report_for_statistics_keeps_surname_age_band_and_dong() -> None:
    facts = masked(papers.full_case_report(), Masking.STATISTICS)
    assert facts.household.name == "김○○"
    assert facts.household.phone == HIDDEN
    assert facts.household.address == "가람동"
    assert [member.age for member in facts.members] == ["80대", "10대", "30대"]
    assert facts.visits[0].members_seen == ("김○○", "이○○")
    assert facts.visits[0].welfare_note == PROSE_LEFT_OUT
    assert facts.visits[0].visited_by == ("박지안", "이도현"), "staff sign with their names"


def test_what_is_empty_stays_empty() -> None:
    facts = masked(papers.empty_case_report(), Masking.STATISTICS)
    assert (facts.household.address, facts.household.phone, facts.household.approach) == ("", "", "")


def test_the_level_is_written_into_the_letterhead() -> None:
    for level in Masking:
        assert masked(papers.schedule(), level).letterhead.masking is level


@pytest.mark.parametrize("level", list(Masking))
@pytest.mark.parametrize(
    "facts", [papers.full_case_report(), papers.caseload(12), papers.schedule(4)], ids=["R13", "R04", "F10"]
)
def test_masking_twice_is_masking_once(facts, level: Masking) -> None:
    once = masked(facts, level)
    assert masked(once, level) == once


def test_a_short_name_does_not_eat_the_words_of_others() -> None:
    facts = papers.full_case_report()
    facts = replace(facts, household=replace(facts.household, name="이"))
    told = masked(facts, Masking.STATISTICS)
    assert told.dues[1].because == facts.dues[1].because
