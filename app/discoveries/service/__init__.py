"""Take in discovery lists, and keep what people decide about the rows that need them."""

from app.discoveries.service.codes import add_crisis_codes, as_crisis_codes
from app.discoveries.service.deciding import as_new, hold, link, link_as_member, unlink
from app.discoveries.service.entering import Sending
from app.discoveries.service.importing import import_list
from app.discoveries.service.incoming import (
    drop_incoming,
    forget_incoming,
    forget_mapping,
    name_columns,
    receive,
    table_of,
)
from app.discoveries.service.items import TryDetails, claim, link_item, record_try, release, take_over
from app.discoveries.service.outcomes import Closing, OutcomeLacks, approve, close_item, return_due, send_back, undo
from app.discoveries.service.rounds import RoundDetails, change_round, open_round
from app.discoveries.service.taking import list_left, take_more
from app.discoveries.service.triage import add_triage_table, keep_item_true, rescore

__all__ = [
    "Closing", "OutcomeLacks", "RoundDetails", "Sending", "TryDetails", "add_crisis_codes",
    "add_triage_table", "approve", "as_crisis_codes", "as_new", "change_round", "claim", "close_item",
    "drop_incoming", "forget_incoming", "forget_mapping", "hold", "import_list", "keep_item_true", "link",
    "link_as_member", "link_item", "list_left", "name_columns", "open_round", "receive", "record_try",
    "release", "rescore", "return_due", "send_back", "table_of", "take_more", "take_over",
    "undo", "unlink",
]  # fmt: skip
