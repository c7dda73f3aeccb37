"""What a model is given to write from where it is to read little: of each passage the sentences that may answer."""

from collections import defaultdict
from collections.abc import Sequence

from ragcli.answering.antecedent import with_antecedent
from ragcli.answering.candidates import overlap
from ragcli.answering.retraction import with_retraction
from ragcli.answering.sources import Source
from ragcli.records import Hit


def material(best: Sequence[Source], everything: Sequence[Source], hits: Sequence[Hit]) -> tuple[tuple[Hit, str], ...]:
    """Each passage of which sentences were chosen, with those as they follow each other, and what they lean on.

    Args:
        best: sentences of `hits` that may answer.
        everything: all sentences of `hits`.
    """
    chosen: defaultdict[int, list[Source]] = defaultdict(list)
    for source in best:
        whole = with_retraction(with_antecedent(source, everything), everything)
        of_passage = chosen[source.hit]
        of_passage[:] = [*(one for one in of_passage if not overlap(one, whole)), whole]
    told = {
        at: "\n".join(one.readable for one in sorted(of_passage, key=lambda one: one.unit.start))
        for at, of_passage in chosen.items()
    }
    return tuple((hits[at], told[at]) for at in sorted(told))
