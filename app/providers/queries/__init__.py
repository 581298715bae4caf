"""Read the directory of a 시군구."""

from app.providers.queries.directory import ProviderFilter, find_by_name, get_provider, list_providers

__all__ = ["ProviderFilter", "find_by_name", "get_provider", "list_providers"]
