"""Merge small segments by size tiers and drop dead vectors, so that ten new files never rewrite gigabytes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from ragcli.errors import StoreError
from ragcli.storage.catalog import Catalog
from ragcli.storage.segments import BLOCK, LARGEST, Codes, Ids, Segment, map_segment, verify_segment, write_segment

_FAN_IN = 8  # so many segments of one tier become one of the next
_TIER = 4  # a tier holds segments within this factor of rows
_DEAD_SHARE = 0.25  # of a segment, from which it is rewritten by itself


def _segments_to_merge(segments: list[Segment], dead: dict[str, int]) -> list[Segment]:
    """Pick what one merge should take: a full tier with all smaller segments, or the segments that are mostly dead."""
    tiers: defaultdict[int, list[Segment]] = defaultdict(list)
    for segment in segments:
        if segment.rows <= LARGEST / 2:  # two of a greater one would be too large
            tiers[int(np.log(segment.rows) / np.log(_TIER))].append(segment)
    full = [tier for tier, members in tiers.items() if len(members) >= _FAN_IN]
    if full:
        return [segment for tier, members in tiers.items() if tier <= max(full) for segment in members]
    return [segment for segment in segments if dead.get(segment.name, 0) > _DEAD_SHARE * segment.rows]


def merge(catalog: Catalog, dimension: int, everything: bool = False) -> int:
    """Merge what is due, inside the caller's transaction; return how many segments went.

    The files that are merged away stay until the next writer sweeps them (see `sweep`): a reader may be looking at them.

    Raises: StoreError, and nothing is merged, where a segment is not as it was written.
    """
    folder = catalog.folder / "segments"
    segments, dead = catalog.segments(), catalog.dead_vectors()
    mapped = {segment.name: map_segment(folder, segment, dimension) for segment in segments}
    dead_rows = {name: int(np.isin(ids, dead).sum()) for name, (ids, _) in mapped.items()} if len(dead) else {}
    whole = [segment for segment in segments if segment.rows < LARGEST or dead_rows.get(segment.name)]
    due = whole if everything and (len(whole) > 1 or len(dead)) else _segments_to_merge(segments, dead_rows)
    if not due:
        return 0
    for segment in due:
        if fault := verify_segment(folder, segment):  # else it would be written anew, and look whole for ever
            raise StoreError(fault, f"embed all stored pages anew: rag index --rebuild -c {folder.parent.name}")
    ids = np.sort(np.concatenate([mapped[segment.name][0] for segment in due]))
    alive = ids[~np.isin(ids, dead)]
    for segment in due:
        catalog.drop_segment(segment)
    for start in range(0, len(alive), LARGEST):
        part = alive[start : start + LARGEST]
        catalog.add_segment(write_segment(folder, part, _codes_of(part, [mapped[one.name] for one in due])))
    gone = np.intersect1d(dead, ids)
    catalog.sql.executemany("DELETE FROM dead_vectors WHERE id = ?", ((int(vector),) for vector in gone))
    catalog.sql.executemany("DELETE FROM vectors WHERE id = ?", ((int(vector),) for vector in gone))
    return len(due)


def _codes_of(wanted: Ids, mapped: Sequence[tuple[Ids, Codes]]) -> Iterator[Codes]:
    """The codes of ascending ids in blocks (m, dimension), out of segments that hold each of them once."""
    for start in range(0, len(wanted), BLOCK):
        block = wanted[start : start + BLOCK]
        codes = np.empty((len(block), mapped[0][1].shape[1]), np.float16)
        for ids, own in mapped:
            places = np.minimum(np.searchsorted(ids, block), len(ids) - 1)
            found = np.flatnonzero(ids[places] == block)
            codes[found] = own[places[found]]
        yield codes


def sweep(catalog: Catalog) -> None:
    """Delete segment files that the catalog does not list: left by a merge, or by a process that died before its commit."""
    listed = {segment.name for segment in catalog.segments()}
    folder = catalog.folder / "segments"
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in listed:
            path.unlink()
