"""What a discovery list says, row by row, and whom it means. Pure.

`judge_list` is the way in: the rows of a table in, an `ImportResult` out. On its way it finds the `columns` by their
heading, tells people from other `lines`, reads each row (`reading`, `cells`, `crises`) and finds the same person twice
(`repeats`). `judge_match` compares a listed person with somebody on record.
"""

from app.cases.rules import Route
from app.discoveries.rules.columns import Heading, HeadingNotFound, find_heading
from app.discoveries.rules.comparing import Comparison
from app.discoveries.rules.crises import CrisisCode, CrisisCodes, crisis_codes_from
from app.discoveries.rules.judging import judge_list
from app.discoveries.rules.match import Candidate, Match, judge_match, sureness
from app.discoveries.rules.people import ListedPerson, RowProblem
from app.discoveries.rules.reading import Reference
from app.discoveries.rules.repeats import EarlierRow
from app.discoveries.rules.result import REASON_HEADING, ImportResult, RowResult, SkippedRow
from app.discoveries.rules.vocabulary import (
    Agreement,
    ItemOutcome,
    ItemState,
    ListColumn,
    MatchDegree,
    ProblemReason,
    RowOutcome,
    SkippedLine,
    Trait,
)

__all__ = [
    "REASON_HEADING",
    "Agreement",
    "Candidate",
    "Comparison",
    "CrisisCode",
    "CrisisCodes",
    "EarlierRow",
    "Heading",
    "HeadingNotFound",
    "ImportResult",
    "ItemOutcome",
    "ItemState",
    "ListColumn",
    "ListedPerson",
    "Match",
    "MatchDegree",
    "ProblemReason",
    "Reference",
    "Route",
    "RowOutcome",
    "RowProblem",
    "RowResult",
    "SkippedLine",
    "SkippedRow",
    "Trait",
    "crisis_codes_from",
    "find_heading",
    "judge_list",
    "judge_match",
    "sureness",
]
