"""What is typed about households: parsed and checked for shape; the rules are in `rules` and `service`."""

from app.households.forms.fields import at_most
from app.households.forms.filters import UNASSIGNED, FilterForm, QueryForm, SearchForm
from app.households.forms.household import CreateForm, EditForm
from app.households.forms.judgements import EndFlagForm, FlagForm, RiskForm
from app.households.forms.member import LeavingForm, MemberForm

__all__ = [
    "UNASSIGNED", "CreateForm", "EditForm", "EndFlagForm", "FilterForm", "FlagForm", "LeavingForm", "MemberForm",
    "QueryForm", "RiskForm", "SearchForm", "at_most",
]  # fmt: skip
