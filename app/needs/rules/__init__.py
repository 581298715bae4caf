"""욕구·위기도 조사: domains and items as versioned data, first and latest beside each other. Pure."""

from app.needs.rules.compare_chart import Chart, lay_out
from app.needs.rules.comparing import Answered, Comparison, DomainTurn, Turn, compare, worst
from app.needs.rules.counting import HouseholdNeeds, NeedCounts, label_domains
from app.needs.rules.form_files import FormFound, FormRow, document_of, read_rows, rows_of_json, rows_of_table
from app.needs.rules.household_types import type_of
from app.needs.rules.instrument import Instrument, InstrumentError, NeedDomain, NeedItem, instrument_from
from app.needs.rules.vocabulary import NeedHouseholdType, NeedLevel

__all__ = [
    "Answered", "Chart", "Comparison", "DomainTurn", "FormFound", "FormRow", "HouseholdNeeds", "Instrument", "InstrumentError", "NeedCounts", "NeedDomain",
    "NeedHouseholdType", "NeedItem", "NeedLevel", "Turn", "compare", "document_of", "instrument_from",
    "label_domains", "lay_out", "read_rows", "rows_of_json", "rows_of_table", "type_of", "worst",
]  # fmt: skip
