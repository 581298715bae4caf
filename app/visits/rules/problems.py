"""What is wrong with something typed: refused outright, or asked back once («맞습니까?»)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.core.labelled import Labelled


class Severity(Labelled):
    """REFUSE cannot be stored as it stands; CONFIRM is stored once the person says it is right."""

    REFUSE = "REFUSE", "고쳐야 합니다"
    CONFIRM = "CONFIRM", "맞는지 확인"


@dataclass(frozen=True, slots=True)
class Offer:
    """A correction one tap away: the button's words and the text to put into each field."""

    label: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence in Korean about one field; `code` is stable, `value` is the text that was judged."""

    code: str
    severity: Severity
    field: str
    message: str
    value: str = ""
    offer: Offer | None = None

    @property
    def is_refusal(self) -> bool:
        return self.severity is Severity.REFUSE

    @property
    def key(self) -> str:
        """What a form sends back to say «맞습니다»; it holds the value, so another value is asked again."""
        return f"{self.field}:{self.code}:{self.value}"

    def under(self, prefix: str) -> Problem:
        """The same problem, with its field placed inside `prefix` (`readings.0` + `systolic`)."""
        return replace(self, field=f"{prefix}.{self.field}")


def refuse(code: str, field: str, message: str, *, value: object = "", offer: Offer | None = None) -> Problem:
    """A problem that keeps the record from being stored."""
    return Problem(code, Severity.REFUSE, field, message, str(value), offer)


def confirm(code: str, field: str, message: str, *, value: object = "", offer: Offer | None = None) -> Problem:
    """A problem the person may answer with «맞습니다»."""
    return Problem(code, Severity.CONFIRM, field, message, str(value), offer)


def list_unanswered(problems: Iterable[Problem], confirmed: Collection[str]) -> tuple[Problem, ...]:
    """The problems that still stand: every refusal, and each question whose key is not in `confirmed`."""
    return tuple(problem for problem in problems if problem.is_refusal or problem.key not in confirmed)
