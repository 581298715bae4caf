"""Take in discovery lists, and keep what people decide about the rows that need them."""

from app.discoveries.service.codes import add_crisis_codes, as_crisis_codes
from app.discoveries.service.deciding import as_new, hold, link, link_as_member, unlink
from app.discoveries.service.importing import import_list

__all__ = ["add_crisis_codes", "as_crisis_codes", "as_new", "hold", "import_list", "link", "link_as_member", "unlink"]
