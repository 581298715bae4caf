"""Every letter is printed as itself, as its nearest, or as 〓; and is read back as itself."""

from __future__ import annotations

import pytest
from app.reports.documents import fonts


def glyph(letter: str) -> int:
    face = fonts.regular()
    face.width(letter)
    return face.advances._face.charToGlyph[ord(letter)]


@pytest.mark.parametrize(
    ("letter", "shown"),
    [
        ("☐", "□"),
        ("☑", "■"),
        ("✔", "✓"),
        ("∼", "~"),
        ("−", "-"),
        ("₂", "2"),
        ("ễ", "e"),
        ("😀", "〓"),
        ("\ufffd", "〓"),
    ],
)
def test_a_letter_without_a_glyph_is_drawn_by_its_stand_in(letter: str, shown: str) -> None:
    assert glyph(letter) == glyph(shown)
    assert fonts.regular().width(letter) == fonts.regular().width(shown)


@pytest.mark.parametrize("letter", "가힣뷁쌰김漢字㈜①㉠℃㎎○●※☎〓·…")
def test_the_letters_of_the_office_have_glyphs_of_their_own(letter: str) -> None:
    assert glyph(letter) != 0
    assert letter == "〓" or glyph(letter) != glyph("〓")


@pytest.mark.parametrize("mark", ["\u200d", "\ufe0f", "\u200b", "\ufeff", "\u0301"])
def test_a_mark_that_only_directs_others_takes_no_room(mark: str) -> None:
    assert fonts.regular().width(f"가{mark}나") == fonts.regular().width("가나")


def test_only_letters_without_any_likeness_count_as_unprintable() -> None:
    assert fonts.has_unprintable("웃음 😀")
    assert not fonts.has_unprintable("☑ ✔ 〓 뷁 Nguyễn")
    assert not fonts.has_unprintable("")
