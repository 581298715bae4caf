"""The crisis codes as a 시군구 changes them: words, thresholds, other words for the same, and codes of its own. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.text import search_key

DISTRICT = "DISTRICT"
"""The confidence of what a 시군구 set itself."""
LONGEST_LABEL = 60


class CodesError(ValueError):
    """A version cannot be used; `problem` says why in Korean."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class CodeWords:
    """How one code is called; without a label it is left out from then on."""

    label: str
    threshold: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodesChange:
    """What was typed: words by code, lines for codes of one's own, and from when, by what source and why."""

    words: Mapping[str, CodeWords]
    own: Sequence[str]
    """«이름; 기준; 다른 이름, 다른 이름» each."""
    effective_from: date
    source: str
    why: str


def words_of(text: str) -> tuple[str, ...]:
    """Words between commas, each once."""
    return tuple(dict.fromkeys(word for word in map(str.strip, text.split(",")) if word))


def source_words(source: str, sources: Mapping[str, str]) -> str:
    """«LAW 제12조» with the name of the law in place of its key, what stands in brackets left out."""
    for key, words in sources.items():
        source = source.replace(key, words.partition(" (")[0])
    return source


def changed_codes(document: Mapping[str, Any], change: CodesChange, *, version: str, own_code: str) -> dict[str, Any]:
    """The next version of a document. A code keeps its key whatever it is called, and its old name stays an alias.

    Args:
        own_code: in front of the number of each new code, for no other version to have it.

    Raises:
        CodesError: nothing is left, a label is too long, or two codes are called the same.
    """
    kept = [_worded(row, change) for row in document["codes"] if _label(row, change)]
    added = [_own(line, f"{own_code}_{at}", change) for at, line in enumerate(_filled(change.own), start=1)]
    codes = [*kept, *added]
    _refuse_unfit(codes)
    return {
        **document, "version": version, "as_of": change.effective_from.isoformat(), "why": change.why.strip(),
        "changed_by_source": change.source.strip(), "codes": codes,
    }  # fmt: skip


def _filled(lines: Sequence[str]) -> Iterator[str]:
    return (line for line in lines if line.strip(" ;"))


def _label(row: Mapping[str, Any], change: CodesChange) -> str:
    words = change.words.get(row["code"])
    return words.label.strip() if words else str(row["label"])


def _worded(row: Mapping[str, Any], change: CodesChange) -> dict[str, Any]:
    words = change.words.get(row["code"])
    stands = CodeWords(row["label"], row.get("threshold") or "", tuple(row.get("aliases", ())))
    if words is None or words == stands:
        return dict(row)
    label = words.label.strip()
    former = () if label == row["label"] else (row["label"],)
    is_other_rule = words.threshold.strip() != stands.threshold or bool(former)
    return {
        **row, "label": label, "threshold": words.threshold.strip() or None,
        "aliases": list(dict.fromkeys((*words.aliases, *former))),
        **({"source": change.source.strip(), "confidence": DISTRICT} if is_other_rule else {}),
    }  # fmt: skip


def _own(line: str, code: str, change: CodesChange) -> dict[str, Any]:
    label, threshold, aliases = (*map(str.strip, line.split(";", 2)), "", "")[:3]
    return {
        "code": code, "label": label, "threshold": threshold or None, "aliases": list(words_of(aliases)),
        "source": change.source.strip(), "confidence": DISTRICT,
    }  # fmt: skip


def _refuse_unfit(codes: Sequence[Mapping[str, Any]]) -> None:
    if not codes:
        raise CodesError("위기정보를 하나는 남겨 주세요.")
    seen: dict[str, str] = {}
    for row in codes:
        label = str(row["label"])
        key = search_key(label)
        if not key or len(label) > LONGEST_LABEL:
            raise CodesError(f"위기정보의 이름은 {LONGEST_LABEL}자까지 적어 주세요.")
        if key in seen:
            raise CodesError(f"«{label}» 이름이 두 번 있습니다. 하나만 남겨 주세요.")
        seen[key] = label
