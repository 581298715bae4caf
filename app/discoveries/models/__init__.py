"""Tables of rounds, of lists on their way in, of what became of each row, and of whoever is to be found."""

from app.discoveries.models.incoming import ColumnMapping, IncomingFile, StagedRows
from app.discoveries.models.items import DiscoveryItem, ItemAttempt, NeighbourReport, TriageTable
from app.discoveries.models.lists import CrisisCodeVersion, DecidedLink, ImportedList, ListRow, Round, RowCandidate

__all__ = [
    "ColumnMapping", "CrisisCodeVersion", "DecidedLink", "DiscoveryItem", "ImportedList", "IncomingFile",
    "ItemAttempt", "ListRow", "NeighbourReport", "Round", "RowCandidate", "StagedRows", "TriageTable",
]  # fmt: skip
