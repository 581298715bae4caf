"""The forms of care. No database."""

from app.care.forms.medicine_pages import EndMedicineForm, MedicineForm
from app.care.forms.problem_pages import AddProblemForm, CloseProblemForm, DescribeForm, RateForm, VersionForm
from app.care.forms.section import CareSection, care_section, typed_care

__all__ = [
    "AddProblemForm", "CareSection", "CloseProblemForm", "DescribeForm", "EndMedicineForm", "MedicineForm", "RateForm",
    "VersionForm", "care_section", "typed_care",
]  # fmt: skip
