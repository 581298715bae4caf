"""Decide care groups, register in programmes and discharge, and keep the table that proposes."""

from app.care_groups.service.deciding import GroupDetails, decide_group, proposal_for
from app.care_groups.service.registering import DischargeDetails, RegistrationDetails, discharge, register
from app.care_groups.service.tables import TableChange, change_table, field_of

__all__ = [
    "DischargeDetails", "GroupDetails", "RegistrationDetails", "TableChange", "change_table", "decide_group", "discharge",
    "field_of", "proposal_for", "register",
]  # fmt: skip
