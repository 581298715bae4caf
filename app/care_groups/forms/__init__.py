"""Forms of care groups, registrations and the table that proposes."""

from app.care_groups.forms.deciding import GroupForm
from app.care_groups.forms.registering import DischargeForm, RegistrationForm
from app.care_groups.forms.tables import TableForm, table_form

__all__ = ["DischargeForm", "GroupForm", "RegistrationForm", "TableForm", "table_form"]
