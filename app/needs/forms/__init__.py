"""Forms of needs: the survey, taking back, an office's own form."""

from app.needs.forms.answering import SurveyForm, TakeBackForm, survey_form
from app.needs.forms.own_form import ApplyForm, FormFileForm, carried

__all__ = ["ApplyForm", "FormFileForm", "SurveyForm", "TakeBackForm", "carried", "survey_form"]
