"""The forms of care. No database."""

from app.care.forms.medicine_pages import EndMedicineForm, MedicineForm
from app.care.forms.problem_pages import AddProblemForm, CloseProblemForm, DescribeForm, RateForm
from app.care.forms.section import CareSection, care_section, typed_care

__all__ = [
    "AddProblemForm", "CareSection", "CloseProblemForm", "DescribeForm", "EndMedicineForm", "MedicineForm", "RateForm",
    "care_section", "typed_care",
]  # fmt: skip
