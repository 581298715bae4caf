"""How a mail that could not be sent is tried again, and what its plain text looks like in its other form."""

from __future__ import annotations

import pytest
from app.alerts.rules import (
    MOST_TRIES,
    PAUSES,
    AlertKind,
    Block,
    Line,
    MailState,
    blocks_of,
    next_try,
    state_of,
)
from tests.moments import NOW


def test_pauses_grow_and_end() -> None:
    found = [next_try(NOW, tries=number) for number in range(1, MOST_TRIES + 1)]
    assert found == [*(NOW + pause for pause in PAUSES), None]
    assert list(PAUSES) == sorted(PAUSES)
    assert next_try(NOW, tries=MOST_TRIES + 3) is None


@pytest.mark.parametrize(
    ("sent", "waits", "error", "state"),
    [
        (True, False, "", MailState.SENT),
        (False, True, "", MailState.WAITING),
        (False, True, "SMTPRecipientsRefused 451", MailState.WAITING),
        (False, False, "SMTPRecipientsRefused 550", MailState.GIVEN_UP),
        (False, False, "Expired", MailState.GIVEN_UP),
        (False, False, "Uncertain", MailState.UNCERTAIN),
        (False, False, "Uncertain SMTPServerDisconnected", MailState.UNCERTAIN),
    ],
)
def test_a_mail_stands_in_one_state(sent: bool, waits: bool, error: str, state: MailState) -> None:
    assert state_of(sent_at=NOW if sent else None, next_try_at=NOW if waits else None, error=error) is state


def test_titles_words_and_where_they_lead() -> None:
    body = "안녕하세요.\n\n■ 기한이 지난 가구 1곳\n가람-0127\n열기: https://a.kr/today#overdue\n\n\nhttps://a.kr/me\n"
    assert blocks_of(body) == (
        Block("", (Line("안녕하세요."),)),
        Block("기한이 지난 가구 1곳", (Line("가람-0127"), Line("열기", "https://a.kr/today#overdue"))),
        Block("", (Line("https://a.kr/me", "https://a.kr/me"),)),
    )


@pytest.mark.parametrize("body", ["", "\n\n \n"])
def test_nothing_has_no_blocks(body: str) -> None:
    assert blocks_of(body) == ()


def test_what_cannot_wait_is_urgent() -> None:
    assert {AlertKind.CRISIS_READING, AlertKind.ABSENCE_STEP} <= {kind for kind in AlertKind if kind.is_urgent}
    assert not AlertKind.MORNING.is_urgent
