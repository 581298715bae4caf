"""Which ground for sharing health counts: one set by hand, a consent in force, or none because somebody took theirs back."""

from __future__ import annotations

from datetime import date

import pytest
from app.households.rules import HealthGround
from app.households.rules.health import HealthBasis, HealthConsent, health_basis
from hypothesis import given
from hypothesis import strategies as st

OWN, PROXY, VITAL = HealthGround.CONSENT, HealthGround.PROXY_CONSENT, HealthGround.VITAL_INTEREST
LONG_AGO, LATELY = date(2025, 1, 2), date(2026, 10, 1)


def consent(holds: bool, *, member: int = 1, ground: HealthGround = OWN, given_on: date = LATELY) -> HealthConsent:
    return HealthConsent(member, ground, given_on, date(2027, 9, 30), holds)


@pytest.mark.parametrize(
    ("by_hand", "consents", "ground"),
    [
        (None, [], None),
        (OWN, [], OWN),
        (None, [consent(True)], OWN),
        (None, [consent(True, ground=PROXY)], PROXY),
        (None, [consent(False)], None),
        (OWN, [consent(False)], None),
        (PROXY, [consent(False)], PROXY),
        (PROXY, [consent(False, ground=PROXY)], None),
        (VITAL, [consent(False)], VITAL),
        (VITAL, [consent(True)], VITAL),
        (OWN, [consent(False, given_on=LONG_AGO), consent(True)], OWN),
        (None, [consent(True, given_on=LONG_AGO), consent(False)], OWN),
        (None, [consent(True), consent(False, member=2)], None),
        (OWN, [consent(True), consent(False, member=2)], None),
        (None, [consent(True), consent(True, member=2)], OWN),
    ],
)
def test_what_counts_where_everybody_signed(
    by_hand: HealthGround | None, consents: list[HealthConsent], ground: HealthGround | None
) -> None:
    assert health_basis(by_hand, consents, {each.member_id for each in consents}).ground is ground


@pytest.mark.parametrize(("by_hand", "ground"), [(None, None), (OWN, OWN), (VITAL, VITAL)])
def test_nobody_agrees_for_somebody_else(by_hand: HealthGround | None, ground: HealthGround | None) -> None:
    basis = health_basis(by_hand, [consent(True, member=1)], {1, 2})
    assert (basis.ground, basis.consent) == (ground, None)
    assert basis.is_partial is (ground is None)


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (health_basis(None, [], {1}), "근거 없음 (간호만 봄)"),
        (health_basis(VITAL, [], {1}), "급박한 생명·신체 이익 (직접 정함)"),
        (health_basis(None, [consent(True)], {1}), "본인 동의 (민감정보 동의, 2027-09-30까지)"),
        (health_basis(OWN, [consent(True)], {1}), "본인 동의 (민감정보 동의, 2027-09-30까지)"),
        (health_basis(PROXY, [consent(True)], {1}), "법정대리인 동의 (직접 정함)"),
        (health_basis(None, [consent(True)], {1, 2}), "아직 동의하지 않은 가구원이 있음 (간호만 봄)"),
        (health_basis(OWN, [consent(True)], {1, 2}), "본인 동의 (직접 정함)"),
        (health_basis(OWN, [consent(False)], {1}), "동의가 끝났거나 거두어짐 (간호만 봄)"),
    ],
)
def test_it_says_on_what_it_rests(basis: HealthBasis, words: str) -> None:
    assert basis.words == words


records = st.builds(
    consent, st.booleans(), member=st.integers(1, 3), ground=st.sampled_from([OWN, PROXY]),
    given_on=st.dates(LONG_AGO, LATELY),
)  # fmt: skip


@given(st.sampled_from([None, OWN, PROXY, VITAL]), st.lists(records), st.sets(st.integers(1, 3), min_size=1))
def test_nobody_who_has_none_in_force_is_shared_by_a_consent(
    by_hand: HealthGround | None, consents: list[HealthConsent], people: set[int]
) -> None:
    basis = health_basis(by_hand, consents, people)
    agreed = {each.member_id for each in consents if each.holds}
    without = (people | {each.member_id for each in consents}) - agreed
    assert not (without and basis.consent)
    assert basis.consent is None or basis.consent.holds
    assert basis.ground in (by_hand, None) or basis.consent is not None
