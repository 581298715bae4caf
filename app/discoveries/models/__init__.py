"""Tables of rounds, of lists on their way in, of what became of each row, and of whoever is to be found."""

from app.discoveries.models.incoming import ColumnMapping, IncomingFile, StagedRows
from app.discoveries.models.tables import (
    CrisisCodeVersion,
    DecidedLink,
    DiscoveryItem,
    ImportedList,
    ItemAttempt,
    ListRow,
    NeighbourReport,
    Round,
    RowCandidate,
    TriageTable,
)

__all__ = [
    "ColumnMapping", "CrisisCodeVersion", "DecidedLink", "DiscoveryItem", "ImportedList", "IncomingFile",
    "ItemAttempt", "ListRow", "NeighbourReport", "Round", "RowCandidate", "StagedRows", "TriageTable",
]  # fmt: skip
