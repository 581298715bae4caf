"""How alike two texts are, and which of many are copies of one another. Pure.

A text is the set of its runs of four letters, spaces and signs left out: moving a sentence or a comma hides nothing,
and two honest notes about the same person share a few runs, not four in five.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from zlib import crc32

from app.visits.rules.problems import Problem, confirm

RUN = 4
"""Letters of a run."""
SHORTEST = 40
"""Texts of fewer letters are alike by nature («혈압 안정적, 특이사항 없음»)."""
COPY = 0.8
"""From this likeness on one is called a copy of the other."""
SKETCH = 12
"""How many runs stand for a text while pairs are looked for."""


def runs_of(text: str) -> frozenset[str]:
    """The runs of a text's letters and digits; none of a text shorter than SHORTEST."""
    letters = "".join(sign for sign in unicodedata.normalize("NFC", text).casefold() if sign.isalnum())
    if len(letters) < SHORTEST:
        return frozenset()
    return frozenset(letters[at : at + RUN] for at in range(len(letters) - RUN + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared runs of all runs, 0 to 1; 0 where one of the texts is too short to say."""
    return len(one & other) / len(one | other) if one and other else 0.0


def is_copy(text: str, other: str) -> bool:
    """Whether two texts long enough to tell are the same in four of five runs."""
    return likeness(runs_of(text), runs_of(other)) >= COPY


def check_copies(texts: Mapping[str, str], earlier: Sequence[tuple[date, str]]) -> Iterator[Problem]:
    """Ask back about each text (by its field) that copies one written earlier; nothing is refused.

    Args:
        texts: what was typed, by the field's name.
        earlier: day and text of the same person's records about the household, newest first.
    """
    for name, text in texts.items():
        like = next((on for on, other in earlier if is_copy(text, other)), None)
        if like is not None:
            asked = f"{like.month}월 {like.day}일 기록과 글이 거의 같습니다. 이번에 본 것이 맞습니까?"
            yield confirm("SAME_TEXT", name, asked, value=crc32(text.encode()))


def list_copies(texts: Sequence[str]) -> list[list[int]]:
    """Places of texts that are copies of one another, group by group, each in order.

    Pairs are looked for only among texts that share one of the least of their runs, as two texts that much alike do:
    a month of a centre's records need not be compared each with each.
    """
    runs = [runs_of(text) for text in texts]
    together = list(range(len(texts)))
    for one, other in sorted(_candidates(runs)):
        if likeness(runs[one], runs[other]) >= COPY:
            _join(together, one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(texts)):
        groups[_first(together, place)].append(place)
    return [group for group in groups.values() if len(group) > 1]


def _candidates(runs: Sequence[frozenset[str]]) -> set[tuple[int, int]]:
    holders: dict[int, list[int]] = defaultdict(list)
    for place, own in enumerate(runs):
        for mark in sorted(crc32(run.encode()) for run in own)[:SKETCH]:
            holders[mark].append(place)
    return {
        (one, other) for places in holders.values() for nth, one in enumerate(places) for other in places[nth + 1 :]
    }


def _first(together: list[int], place: int) -> int:
    while together[place] != place:
        place = together[place]
    return place


def _join(together: list[int], one: int, other: int) -> None:
    first, second = sorted((_first(together, one), _first(together, other)))
    together[second] = first
