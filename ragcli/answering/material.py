"""What a model is given to write from where it is to read little: of each passage the sentences that may answer."""

from collections import defaultdict
from collections.abc import Sequence

from ragcli.answering.quoting.antecedent import with_antecedent
from ragcli.answering.quoting.candidates import overlap
from ragcli.answering.quoting.retraction import with_retraction
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
        of_passage = chosen[source.hit]
        told = (with_retraction(with_antecedent(source, everything), everything), source)
        of_passage += [one for one in told if not any(overlap(one, other) for other in of_passage)][:1]
    in_order = (sorted(chosen[at], key=lambda one: one.unit.start) for at in sorted(chosen))
    return tuple((hits[told[0].hit], "\n".join(one.readable for one in told)) for told in in_order)
