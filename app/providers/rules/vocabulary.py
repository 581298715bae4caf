"""The words of the directory of providers. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class ProviderKind(Labelled):
    """Who stands behind a service."""

    PUBLIC = "PUBLIC", "공공"
    PRIVATE = "PRIVATE", "민간"
    INFORMAL = "INFORMAL", "이웃·주민조직"
