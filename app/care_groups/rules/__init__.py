"""The rules of care groups: the table that proposes, the proposal, and the words of registration."""

from app.care_groups.rules.proposing import NURSE_ASKED, Findings, Proposal, ProposalLine, Taking, propose
from app.care_groups.rules.table import (
    TABLE_CODE,
    WEIGHTS,
    Criterion,
    GroupTable,
    Level,
    TableError,
    place_of,
    show,
    table_from,
    with_edges,
)
from app.care_groups.rules.words import CONSEQUENCES, Consequence, DischargeReason, Programme

__all__ = [
    "CONSEQUENCES", "NURSE_ASKED", "TABLE_CODE", "WEIGHTS", "Consequence", "Criterion", "DischargeReason", "Findings",
    "GroupTable", "Level", "Programme", "Proposal", "ProposalLine", "TableError", "Taking", "place_of", "propose", "show",
    "table_from", "with_edges",
]  # fmt: skip
