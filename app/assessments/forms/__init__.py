"""Forms of assessments: an instrument, taking back, cut-offs."""

from app.assessments.forms.assessing import (
    AssessmentForm,
    CutOffForm,
    VoidForm,
    assessment_form,
    cut_off_form,
)

__all__ = ["AssessmentForm", "CutOffForm", "VoidForm", "assessment_form", "cut_off_form"]
