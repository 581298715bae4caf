"""Change households. Every edited field keeps who changed it, when, and what stood there before."""

from app.households.service.households import (
    close_household,
    create_household,
    edit_household,
    reopen_household,
)
from app.households.service.judgements import end_flag, judge_risk, raise_flag
from app.households.service.keeping import title_of
from app.households.service.members import add_member, edit_member, member_left, member_returned
from app.households.service.overtaken import Overtaken, overtaken_in_household, overtaken_in_member
from app.households.service.stored import as_details, as_member_details, stored_phone

__all__ = [
    "Overtaken", "add_member", "as_details", "as_member_details", "close_household", "create_household",
    "edit_household", "edit_member", "end_flag", "judge_risk", "member_left", "member_returned", "overtaken_in_household",
    "overtaken_in_member", "raise_flag", "reopen_household", "stored_phone", "title_of",
]  # fmt: skip
