"""A letter as it travels can be read by every mail program, whatever Korean its subject holds."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32, default

from app.alerts.rules import Letter
from app.alerts.service import compose
from hypothesis import example, given
from hypothesis import strategies as st
from tests.moments import NOW, TODAY

WORDS = st.text(
    st.sampled_from("가나다라마바사아자차카타파하뷁똠월화수목금토일오늘할일과지난주요약을0123456789[]()/·,.«»abcXYZ=?_-+"),
    min_size=1, max_size=14,
)  # fmt: skip
SUBJECTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


def composed(subject: str) -> bytes:
    letter = Letter(7, TODAY, "nurse@hanbit.example", subject, "본문", NOW)
    return compose(letter, html="<p>본문</p>", sender="outreach@hanbit.example")


@given(subject=SUBJECTS)
@example("[찾아가는 복지] 11월 23일 월요일 오늘 할 일과 지난주 요약을 알려 드립니다 (뷁)")
@example("오늘 할 일")
def test_a_subject_comes_back_as_it_was(subject: str) -> None:
    raw = composed(subject)
    head = raw.split(b"\r\n\r\n")[0].decode("ascii")
    assert all(len(line) <= 76 for line in head.split("\r\n")), "RFC 2047 allows lines of 76"
    for word in re.findall(r"=\?utf-8\?[bq]\?[^?]*\?=", head):
        decoded, charset = decode_header(word)[0]
        assert decoded.decode(charset), "a syllable is torn"
    assert message_from_bytes(raw, policy=default)["Subject"] == subject
    as_of_old = message_from_bytes(raw, policy=compat32)["Subject"]
    assert str(make_header(decode_header(re.sub(r"\r?\n ", " ", as_of_old)))) == subject


def test_the_same_letter_is_the_same_message() -> None:
    assert b"Message-ID: <20261123.7@hanbit.example>" in composed("오늘 할 일")
