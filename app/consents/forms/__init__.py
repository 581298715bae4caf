"""Forms of consents and of the texts people agree to."""

from app.consents.forms.consent import ConsentForm, RenewForm, WithdrawForm
from app.consents.forms.texts import TextForm

__all__ = ["ConsentForm", "RenewForm", "TextForm", "WithdrawForm"]
