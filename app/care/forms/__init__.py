"""The forms of care. No database."""

from app.care.forms.section import CareSection, care_section, typed_care

__all__ = ["CareSection", "care_section", "typed_care"]
