"""Quotes become numbered citations, each string-matched on the page it is said to stand on."""

from collections.abc import Sequence

from ragcli.answering.llm.visible import printable
from ragcli.answering.proof.match import MATCHED, Matched, PageText, match_quote
from ragcli.answering.sources import PageBlocks
from ragcli.chunking.figures import label_of
from ragcli.records import Citation, Hit


class Citer:
    """Numbers citations from 1 in the order in which they are asked for; the same quote keeps its number."""

    def __init__(self, hits: Sequence[Hit], page_blocks: PageBlocks) -> None:
        self._hits, self._page_blocks = hits, page_blocks
        self._pages: dict[tuple[int, int | None, str | None], PageText] = {}
        self._known: dict[tuple[int, str], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._known.values())

    def cite(self, hit: Hit, quote: str, *, keep_unmatched: bool = True) -> Citation | None:
        """The citation of `quote`, which should stand on the pages of `hit`; its text is then the page's own.

        None when the quote matches nowhere and `keep_unmatched` is False.
        """
        key = (hit.chunk_id, quote)
        if key in self._known:
            return self._known[key]
        found, owner = self._match(hit, quote)
        if found.match not in MATCHED and not keep_unmatched:
            return None
        page = found.page if found.text else hit.page
        citation = Citation(
            n=len(self._known) + 1,
            path=owner.path,
            quote=printable(found.text or quote),
            page=page,
            place=found.place if found.text else hit.place,
            section=owner.section,
            match=found.match,
            bbox=found.bbox,
            chunk_id=owner.chunk_id,
            figure=label_of(owner.text) if owner.kind == "figure" else None,
            method=owner.method,
        )
        self._known[key] = citation
        return citation

    def _match(self, hit: Hit, quote: str) -> tuple[Matched, Hit]:
        cited = self._pages_of(hit)
        found = match_quote(quote, cited)
        if found.match in ("exact", "repaired"):
            return found, hit
        for other in self._hits:
            elsewhere = [page for page in self._pages_of(other) if page not in cited]
            further = match_quote(quote, (), elsewhere)
            if further.match == "elsewhere":
                return further, other
        return found, hit

    def _pages_of(self, hit: Hit) -> list[PageText]:
        return [self._page(hit.document_id, number, hit.place) for number in hit.pages or (hit.page,)]

    def _page(self, document_id: int, number: int | None, place: str | None) -> PageText:
        key = (document_id, number, place)
        if key not in self._pages:
            self._pages[key] = PageText(self._page_blocks(document_id, number, place), number, place)
        return self._pages[key]
