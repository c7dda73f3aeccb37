"""Words that no passage has, and that are a slip of the pen away from one that passages have: `setling` for `settling`.

Likewise abbreviations of which passages have the words: `CEO` where they say chief executive officer.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from ragcli.letters import LETTERS
from ragcli.retrieval.lexical import count_holding, phrase_of, texts_with
from ragcli.retrieval.question.asking import plain, speech
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import content_terms, fold, terms

_QUOTED = re.compile(r"[\"“«].*?[\"”»]")  # as it is typed
_WORD = re.compile(rf"(?<![\w*'’.@/-])(?>{LETTERS})(?![\w*@/-]|\.\w)")
_SHORTEST = 5  # letters: of shorter words too many are alike
_LONG = 9  # letters, from which two slips may be in a word
_DOUBLED = re.compile(r"(.)\1")
_TRIED = 8  # terms that are alike
_READ = 20  # passages, for the forms of a term
_FEWEST = 2  # passages that hold what is taken to be meant: one may be a slip itself
# Such as stand for one thing everywhere.
_WRITTEN_OUT = {
    "CEO": "chief executive officer",
    "CFO": "chief financial officer",
    "COO": "chief operating officer",
    "CTO": "chief technology officer",
    "GDP": "gross domestic product",
    "VAT": "value added tax",
    "CDD": "contrat à durée déterminée",
    "CDI": "contrat à durée indéterminée",
    "DRH": "directeur des ressources humaines",
    "PDG": "président-directeur général",
    "PIB": "produit intérieur brut",
    "TVA": "taxe sur la valeur ajoutée",
    "BIP": "Bruttoinlandsprodukt",
}


def corrected(
    catalogs: Sequence[Catalog],
    question: str,
    languages: Callable[[], Sequence[str]],
    is_word: Callable[[str], bool],
) -> tuple[str, tuple[str, ...]]:
    """A question in which words that no passage of any catalog has are replaced by such as are nearly alike, or mean the same.

    What stands in quotes is left alone, and what only asks: `cuesta` is no `cuenta`. So is what may be a name, for Jansen is
    not Janssen; the name that passages have is told.

    Args:
        languages: of the documents that the question may be in; none: nothing is replaced. Asked only where a word is odd.
        is_word: whether a word is known to be one, though no passage has it.
    Returns: the question, and what to tell of each word that no passage has.
    """
    kept = [found.span() for found in _QUOTED.finditer(question)]
    slips: dict[str, str] = {}
    names: dict[str, str] = {}
    for found in _WORD.finditer(question):
        typed = found[0]
        is_kept = any(begin <= found.start() < end for begin, end in kept)
        if is_kept or typed in slips:
            continue
        if typed in _WRITTEN_OUT and _says_written_out(catalogs, typed):
            slips[typed] = _WRITTEN_OUT[typed]
        if len(typed) < _SHORTEST or typed in slips:
            continue
        if _is_held(catalogs, typed) or is_word(typed) or any(_only_asks(typed, question, one) for one in languages()):
            continue
        if (meant := _meant(catalogs, typed, languages())) is not None:
            if typed[0].isupper():  # at the beginning too: of a name that is nowhere nothing is known
                names[typed] = meant.capitalize()
            else:
                slips[typed] = meant
    for typed, meant in slips.items():
        question = re.sub(rf"\b{typed}\b", meant, question)
    searched = (f"no passage has '{typed}': searched for '{meant}'" for typed, meant in slips.items())
    return question, (*searched, *(f"no passage has '{typed}': is '{meant}' meant?" for typed, meant in names.items()))


def _is_held(catalogs: Sequence[Catalog], typed: str) -> bool:
    forms = ((catalog, language) for catalog in catalogs for language in catalog.document_languages())
    return any(count_holding(catalog.sql, term) for catalog, language in forms for term in terms(typed, language))


def _says_written_out(catalogs: Sequence[Catalog], typed: str) -> bool:
    """Whether a passage has the words of an abbreviation in a row, and none has itself."""
    meant = _WRITTEN_OUT[typed]
    return not _is_held(catalogs, typed) and any(
        texts_with(catalog.sql, phrase_of(meant, catalog.document_languages()), 1) for catalog in catalogs
    )


def _only_asks(typed: str, question: str, language: str) -> bool:
    """Whether a word asks, alone or beside others: the `duurt` of `hoe lang duurt`."""
    own = speech(language)
    if own is None or not content_terms(typed, language):
        return not content_terms(typed, language)
    word = own.read(plain(typed))
    return own.asks_by(word) or any(word in one[0].split() for one in own.asking.finditer(own.read(plain(question))))


def _meant(catalogs: Sequence[Catalog], typed: str, languages: Sequence[str]) -> str | None:
    """The word of the passages that is nearest, of several the commonest."""
    near = [one for catalog in catalogs for language in languages for one in _near(catalog, fold(typed), language)]
    return min(near)[-1] if near else None


def _near(catalog: Catalog, typed: str, language: str) -> Iterator[tuple[float, int, str]]:
    """How far away, less the passages that hold it, and the word itself."""
    from rapidfuzz.distance import OSA  # here: most questions have no slip

    stem = "".join(terms(typed, language))
    most = 2 if len(typed) >= _LONG else 1
    rows = catalog.sql.execute(
        "SELECT term, doc FROM lexical_vocabulary WHERE term >= ? AND term < ? AND doc >= ?",
        (stem[0], chr(ord(stem[0]) + 1), _FEWEST),
    )
    alike = sorted((OSA.distance(stem, term, score_cutoff=most), -doc, term) for term, doc in rows if term.isalpha())
    for slips, fewer, term in alike[:_TRIED]:
        word = _written(catalog, term, typed, language) if slips <= most else None
        if word is None or _is_form(typed, fold(word)):
            continue
        if (far := OSA.distance(typed, fold(word))) <= most:
            # A letter that is doubled, or is not, is the commonest slip.
            yield (0.5 if _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", typed) else far), fewer, word


def _is_form(typed: str, word: str) -> bool:
    """Whether a word is another with an ending: `höchstens` is no slip of `höchsten`, but `tunnell` is one of `tunnel`."""
    ending = typed.removeprefix(word)
    return ending != typed and ending[:1] != word[-1]


def _written(catalog: Catalog, term: str, typed: str, language: str) -> str | None:
    """How passages write a term: of its forms the one most like what was typed."""
    from rapidfuzz.distance import OSA

    texts = texts_with(catalog.sql, f'"{term}"', _READ)
    words = {word.lower() for text in texts for word in re.findall(LETTERS, text)}
    forms = [word for word in words if terms(word, language) == [term]]
    return min(forms, key=lambda word: (OSA.distance(typed, fold(word)), word), default=None)
