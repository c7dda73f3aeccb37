"""Passages that list works cited: they hold the words of any question on the subject, and answer few."""

import json
from collections.abc import Sequence

from ragcli.chunking.works_cited import is_works_cited
from ragcli.storage.catalog import Catalog, rows_in


def works_cited(catalog: Catalog, chunk_ids: Sequence[int]) -> frozenset[int]:
    """Those of the chunks that are lists of works, or of links."""
    found = rows_in(catalog.sql, "SELECT id, section, text FROM chunks WHERE kind = 'text' AND id", chunk_ids)
    return frozenset(chunk_id for chunk_id, section, text in found if is_works_cited(json.loads(section), text))
