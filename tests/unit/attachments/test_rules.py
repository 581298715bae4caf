"""Captions, keys of files, strokes, and what a signature is worth after a correction."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from app.attachments.rules import (
    CAPTION_LIMIT,
    MOST_POINTS,
    PAD_HEIGHT,
    PAD_WIDTH,
    NotSigned,
    PhotoDetails,
    Place,
    SignatureDetails,
    SignatureState,
    SignedText,
    SignerRole,
    check_photo,
    check_signature,
    decide_state,
    place_of_file,
    read_strokes,
)
from app.attachments.service import draw_signature
from app.core.errors import RuleBroken
from hypothesis import given
from hypothesis import strategies as some

ID = UUID("6a0f4c1e-9f5b-4d39-8f7e-2b1f0c9d8e7a")
LINE = (((100, 100, 0), (900, 500, 40)),)


@pytest.mark.parametrize(
    ("caption", "code"),
    [("", "CAPTION_NEEDED"), ("  \n ", "CAPTION_NEEDED"), ("가" * (CAPTION_LIMIT + 1), "CAPTION_TOO_LONG")],
)
def test_a_photo_says_what_it_shows_in_few_words(caption: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_photo(PhotoDetails(ID, caption))
    assert refused.value.code == code


def test_a_caption_is_one_line_in_nfc() -> None:
    assert PhotoDetails(ID, " 냉장고\n 안 ").caption == "냉장고 안"
    check_photo(PhotoDetails(ID, "가" * CAPTION_LIMIT))


def test_a_file_lies_two_folders_deep_under_its_own_name() -> None:
    place = Place.new(ID, "jpg")
    assert place.key == f"6a/0f/{ID}.jpg"
    assert place.small_key == f"6a/0f/{ID}.small.jpg"


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "6a/0f/x.jpg", f"6a/0f/{ID}.svg", f"/6a/0f/{ID}.jpg", f"6a/0f/{ID}.jpg/..", ""]
)
def test_no_other_key_leads_to_a_file(key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        Place(key)
    assert place_of_file(key) is None


def test_whole_and_small_belong_to_one_place() -> None:
    place = Place.new(ID, "jpg")
    assert place_of_file(place.key) == place_of_file(place.small_key) == place
    assert place_of_file(place.key + ".part") is None


def strokes_of(*points: Any) -> str:
    return json.dumps([list(points)])


@pytest.mark.parametrize(
    "text",
    [
        "{", "3", "[3]", "[[3]]", '["ab"]', "[[[1,2]]]", '[[["1",2,3]]]', "[[[1.5,2,3]]]", "[[[true,2,3]]]",
        strokes_of([PAD_WIDTH + 1, 0, 0]), strokes_of([0, PAD_HEIGHT + 1, 0]), strokes_of([-1, 0, 0]),
        strokes_of([0, 0, 3_600_001]), strokes_of([0, 0, 0, 0]), '{"a": [[1,2,3]]}', "null", "[" * 100_000, "NaN",
        json.dumps([[[1, 1, 1]] * (MOST_POINTS + 1)]), json.dumps([[[1, 1, 1]]] * 501),
    ],
)  # fmt: skip
def test_what_are_no_strokes_is_refused_in_korean(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_strokes(text)
    assert refused.value.code in ("STROKES_UNREADABLE", "TOO_MANY_POINTS")
    assert "다시 그려 주세요" in refused.value.text


def test_strokes_are_read_as_they_were_drawn() -> None:
    assert read_strokes("[[[1,2,3],[4,5,6]],[],[[7,8,9]]]") == (((1, 2, 3), (4, 5, 6)), ((7, 8, 9),))
    assert read_strokes("") == read_strokes("[]") == ()
    assert len(read_strokes(json.dumps([[[1, 1, 1]] * MOST_POINTS]))[0]) == MOST_POINTS


@given(some.lists(some.lists(some.tuples(some.integers(0, PAD_WIDTH), some.integers(0, PAD_HEIGHT), some.integers(0, 3_600_000)), min_size=1, max_size=9), max_size=6))  # fmt: skip
def test_whatever_fits_on_the_pad_is_drawn_the_same_each_time(strokes: list[list[tuple[int, int, int]]]) -> None:
    read = read_strokes(json.dumps(strokes))
    drawn = draw_signature(read)
    assert drawn.startswith(b"\x89PNG")
    assert drawn == draw_signature([[list(point) for point in stroke] for stroke in read])


def signature(**changes: Any) -> SignatureDetails:
    plain: dict[str, Any] = {"signature_id": ID, "signer": "천둥솔", "role": SignerRole.SELF, "strokes": LINE}
    return SignatureDetails(**(plain | changes))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signer": " "}, "SIGNER_NEEDED"),
        ({"strokes": ()}, "NOT_SIGNED"),
        ({"strokes": (((5, 5, 0), (9, 9, 1)),)}, "NOT_SIGNED"),
        ({"not_signed": NotSigned.HAND, "witness": "민하준"}, "SIGNED_AND_NOT"),
        ({"strokes": (), "not_signed": NotSigned.HAND}, "WITNESS_NEEDED"),
        ({"strokes": (), "not_signed": NotSigned.OTHER, "witness": "민하준"}, "REASON_NEEDED"),
    ],
)
def test_what_nobody_signed_and_nobody_explains_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_signature(signature(**changes))
    assert refused.value.code == code


def test_somebody_signs_or_somebody_says_why_not_before_a_witness() -> None:
    check_signature(signature())
    unable = signature(strokes=(), not_signed=NotSigned.HAND, note="떨림이 심함", witness="통장 민하준")
    check_signature(unable)
    assert unable.words == "서명 불가: 손을 쓰기 어려움 떨림이 심함. 입회 통장 민하준"
    assert unable.signer_words == "천둥솔 (본인)"


@pytest.mark.parametrize(
    ("signed_version", "version", "is_same", "state"),
    [
        (1, 1, True, SignatureState.STANDS),
        (1, 2, True, SignatureState.CORRECTED),
        (1, 1, False, SignatureState.DIFFERS),
        (1, 2, False, SignatureState.DIFFERS),
    ],
)
def test_a_signature_stands_for_the_version_and_the_words_that_were_signed(
    signed_version: int, version: int, is_same: bool, state: SignatureState
) -> None:
    signed, other = SignedText("혈압 126", 1).sha256, SignedText("혈압 162", 1).sha256
    hashes = frozenset({signed if is_same else other})
    found = decide_state(signed_version=signed_version, signed_hash=signed, version=version, hashes=hashes)
    assert found is state


def test_a_text_is_the_same_however_its_letters_are_put_together() -> None:
    assert SignedText("\u1112\u1161\u11ab", 1).sha256 == SignedText("한", 2).sha256
