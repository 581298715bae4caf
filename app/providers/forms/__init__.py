"""Forms of the directory."""

from app.providers.forms.entry import ProviderForm, ProviderListForm, provider_filter

__all__ = ["ProviderForm", "ProviderListForm", "provider_filter"]
