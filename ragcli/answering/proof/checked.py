"""Hold each sentence that a model wrote against the passages it was given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.answering.llm.visible import printable
from ragcli.answering.proof.asserted import asserted
from ragcli.answering.proof.citing import Citer
from ragcli.answering.proof.match import MATCHED
from ragcli.answering.proof.verify import Verifier
from ragcli.answering.sources import Source, sources
from ragcli.records import Hit, Sentence

# Share of a sentence's terms in a source, below which the source is no support worth naming. On training questions 0.4 and 0.3
# name the right text equally often (0.89), 0.5 and 0.6 less so (0.86, 0.83: more sentences are left without).
_WEAK = 0.4
# What models begin with, and no page: "According to source [1], …", of which visible() takes the number. It goes only where the
# rest is proved.
_LEAD_IN = re.compile(
    r"(?:(?:according to|based on|as (?:stated|mentioned|described) in|selon|d['’]après|laut|gemäß|según|secondo)\s"
    r"(?:(?:the|these|la|les?|den?|der|die|las?|los|el)\s|l['’])?(?:(?:provided|given|numbered)\s)?"
    r"(?:sources?|passages?|documents?|texte?s?|contexte?|information|quellen?|fuentes?|fonti"
    r"|dokument(?:e[ns]?|s)?|textos?|documentos?|contexto|test[oi]|document[oi]|contesto|kontext)"
    r"(?:\s(?:provided|given|above|fournis|fournies?))?\s?[,:]"
    r"|(?:answer|réponse|antwort|respuesta|risposta)\s?:)\s*(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A generated sentence, and the quotes that it leans on when it is not proved, each a sentence of its page."""

    sentence: Sentence
    quotes: tuple[Sentence, ...] = ()


def checked(text: str, question: str, language: str | None, hits: Sequence[Hit], citer: Citer) -> list[Checked]:
    """The sentences of a generated text, each with the quotes that support it best."""
    hits = sorted(hits, key=lambda hit: hit.rank)  # among equals the passage that fits the question best is named
    verifier = Verifier(sources(hits))
    said: list[Checked] = []
    after: Sequence[Source] | None = None
    for unit, readings in asserted(text, language):
        shown = printable(unit.readable)
        if any(one.sentence.text.startswith(shown) for one in said):  # said before, or begun again
            continue
        tried = [verifier.support(one.text, question, language, one.mark, after, one.below) for one in readings]
        support = next((one for one in tried if one.proved), tried[-1])
        if not support.proved and (begun := _LEAD_IN.match(unit.text)):
            rest = unit.text[begun.end() :]
            alone = verifier.support(rest, question, language, after=after, below=readings[0].below)
            if alone.proved:
                support, shown = alone, printable(f"{rest[0].upper()}{rest[1:]}")
        named = support.sources if support.proved or support.coverage >= _WEAK else ()
        cited = [(source, citer.cite(hits[source.hit], source.unit.text)) for source in named]
        quotes = [
            Sentence(printable(source.unit.readable), citation.match in MATCHED, (citation.n,))
            for source, citation in cited
            if citation is not None
        ]
        proved = support.proved and bool(quotes) and all(quote.proved for quote in quotes)
        numbers = tuple(n for quote in quotes for n in quote.citations)
        instead = () if proved else tuple(quote for quote in quotes if quote.proved)
        after = support.sources if proved else ()
        said.append(Checked(Sentence(shown, proved, numbers), instead))
    return said


def with_quotes(said: Sequence[Checked]) -> list[Sentence]:
    """The sentences, each that could not be proved with the quotes that it leans on behind it: they are left when it goes.

    With a model of 1.5 billion parameters the known answer stands in 0.78 of these answers, in 0.69 as the model wrote them, and
    in 0.64 of two quotes chosen by the question alone (36 training questions); on 25 test questions in 0.76, 0.56 and 0.84.
    """
    chosen = [sentence for one in said for sentence in (one.sentence, *one.quotes)]
    return list({sentence.text: sentence for sentence in chosen}.values())
