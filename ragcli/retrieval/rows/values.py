"""Passages that hold the row of a table which a question asks for: `operating income` is the head of one.

A statement of forty rows is like no question, and names each of its figures once: sentences that speak of the same thing
come before it. But where the words of a row's head are those of the question, its figure is what is asked for.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from ragcli.chunking.rows import FigureRow, figure_rows
from ragcli.letters import WORD
from ragcli.retrieval.across import question_language
from ragcli.retrieval.filters import Filter, and_among
from ragcli.retrieval.fusion import Fused, raised
from ragcli.retrieval.lexical import ShareOfChunks, any_of, excluded_match, held, rarity, share_of_chunks, without
from ragcli.retrieval.naming.named_documents import Named
from ragcli.retrieval.question.asking import plain, speech
from ragcli.retrieval.question.definitions import defined
from ragcli.retrieval.question.periods import YEAR
from ragcli.retrieval.question.syntax import Query
from ragcli.storage.catalog import Catalog, rows_in
from ragcli.storage.terms import content_terms, fold

VALUE_BONUS = 1.0  # of the best score, for a passage with a row whose head is what is asked
FITTING = 0.6  # from which a row counts
_MOST = 200  # passages looked into beside the candidates
_NEAR = 3  # words that may stand between two of a row's head: `research and development`
_OTHER_YEAR = 0.5  # of its fit, for a row of other years than the one that is asked for
_YEAR_UNKNOWN = 0.9
_LITTLE = 0.3  # of its weight, for a word that says what kind of thing the year or the figure is
_SAYS_LITTLE = re.compile(
    r"\b(?:fiscal|financial|years?|end|ended|exercice|annee|fin|geschaftsjahr|jahr|ejercicio|ano|amounts?|values?|figures?"
    r"|montant|valeur|chiffre|betrag|wert|importe|valor|report(?:ed)?)\b"
)
# What is asked so is no figure; `how much` is. In English and French; `asking` has other languages.
_NO_FIGURE = re.compile(
    r"^\W*(?:how (?:do|does|did|is|are|can|could|may|must|should|will|would)|why|who|whom|whose|where|when"
    r"|comment|pourquoi|qui|où|quand)\b",
    re.IGNORECASE,
)
# `According to the income statement, what is …`
_LEAD_IN = re.compile(
    r"^.*?,\s+(?=(?:what|how|which|quel(?:le)?s?|combien|was|wie|welche\w*|cu[aá]nt\w*|cu[aá]l|quant\w*|qual|hoeveel)\b)",
    re.IGNORECASE,
)
_OTHER_KINDS = ("date", "reason", "person", "place")
_BEGINNING = 4  # letters of a stem, which may end otherwise than the word: `companies`, `compani`
_ASIDE = re.compile(r"\([^()]*\)")  # `Net income (loss)`
SUMS = frozenset(content_terms("total totale totaux totals gesamt summe suma totaal", None))
_THE = r"(?:the|l[aeo]?|les|d[eioa][rnms]?|das|el|los|las|il|i|gli|o|a|os|as|het)"  # folded, as the next
_OF = r"(?:of|for|de|d|du|des|del|dell?[aeo]?|dei|do|da|dos|das|von|vom|der|van)"
# What accounts call by one name and people by another, folded.
_SAME = (
    frozenset(["revenue", "revenues", "sales", "turnover"]),
    frozenset(["income", "profit", "profits", "earnings"]),
    frozenset(["shareholders", "stockholders"]),
    frozenset(["benefice", "benefices", "resultat", "resultats"]),
    frozenset(["umsatz", "umsatze", "umsatzerlose", "erlose"]),
)
_GROSS = re.compile(r"\b(?:gross|brut)")
_FIGURE = re.compile(r"\d[)% €$]*$|^\|.*\d", re.MULTILINE)

Asked = Mapping[frozenset[str], float]  # the words that may be a row's head, each in all its stems, with their weights


def asked_of_rows(
    question: str, languages: Sequence[str | None], names: frozenset[str], share_of_chunks: ShareOfChunks
) -> dict[frozenset[str], float]:
    """The words of a question that a row's head may have, in their order; none of one that wants no figure.

    Args:
        languages: of the documents.
        names: folded; in which the question names documents, which none of their rows need repeat.
    """
    own = question_language(question, languages)
    speaks = speech(own)
    if speaks.asked(speaks.read(plain(question))) in _OTHER_KINDS if speaks else _NO_FIGURE.match(question):
        return {}
    found: dict[frozenset[str], float] = {}
    named: dict[frozenset[str], float] = {}
    for word in _LEAD_IN.sub("", question).replace("’", "'").split():
        if not content_terms(word, own):
            continue
        said = " ".join([word, *_otherwise(word)])
        stems = frozenset(term for language in (own, *languages) for term in content_terms(said, language))
        if not any(map(str.isdigit, "".join(stems))):
            says_little = _SAYS_LITTLE.search(fold(word)) or (speaks and speaks.of_prices.search(speaks.read(word)))
            to = named if names.intersection(re.findall(WORD, fold(word))) else found
            to[stems] = _LITTLE if says_little else 1.0
    # A file may be named by the very thing: `inventory.pdf`.
    return {stems: part * rarity(max(share_of_chunks(sorted(stems)))) for stems, part in (found or named).items()}


def _otherwise(word: str) -> list[str]:
    """What else a word of the accounts is called there."""
    plain_word = "".join(re.findall(r"[^\W\d_]+", fold(word).removesuffix("'s")))
    return [other for same in _SAME if plain_word in same for other in sorted(same)]


def fit(label: str, asked: Asked, question: str, language: str | None) -> float:
    """How far the head of a row is what is asked for, 0 to 1: the harmonic mean of its share and the question's.

    A head that the question has word for word fits, whatever else is said there.
    """
    whole = set(content_terms(label, language))
    held_by = [stems for stems in asked if stems & whole]
    if not held_by:
        return 0.0
    said = frozenset().union(*held_by)
    # What stands in brackets, that it is a sum, and that it is net, if nobody asks for gross, need not be asked for.
    spare = SUMS if _GROSS.search(fold(question)) else SUMS | {"net"}
    needed = (set(content_terms(_ASIDE.sub(" ", label), language)) - spare) | (whole & said)
    share = len(whole & said) / len(needed)
    covered = sum(asked[stems] for stems in held_by) / sum(asked.values())
    fits = 2 * share * covered / (share + covered)
    return max(fits, FITTING) if is_put_so(label, question) else fits


def is_put_so(label: str, question: str) -> bool:
    """Whether a question has the head of a row word for word: `other liabilities` are no `total liabilities`.

    One word has to be what is asked of something: `the registration of the Piper`.
    """
    head, asked = (re.findall(r"[^_\W]+", fold(text)) for text in (_ASIDE.sub(" ", label), question))
    if len(head) == 1 and not SUMS.intersection(content_terms(label, None)):
        return re.search(rf"\b{_THE} {head[0]} {_OF}\b", " ".join(asked)) is not None
    return len(head) > 1 and f" {' '.join(head)} " in f" {' '.join(asked)} "


def is_of_year(row: FigureRow, years: Collection[str]) -> bool | None:
    """Whether a row has a figure of one of these years; None where nothing tells."""
    heads = {year for head in row.heads for year in YEAR.findall(head)}
    heads = heads or {year for line in row.above for year in YEAR.findall(line)}
    return bool(heads.intersection(years)) if heads and years else None


def prefer_values(
    catalog: Catalog,
    query: Query,
    documents: Named,
    meant: Sequence[frozenset[int]],
    where: Filter | None,
    ranked: list[Fused],
) -> list[Fused]:
    """The candidates with those ahead that hold a row whose head is what is asked; scores stay within their range.

    In the documents that the question names, if any: there further passages with such a row are looked for, too. Else in
    those that speak of whom the question names: all reports have a row `Net sales`.

    Args:
        meant: for each of the question's names the documents that `whose.speak_of` it.
    """
    years = set(YEAR.findall(query.text))
    # `What is net income?` wants no figure; `What is Best Buy's net income?` does.
    if query.only_operators or not ranked or (defined(query.text, None) and not (documents.best or years)):
        return ranked
    languages = catalog.document_languages()
    asked = asked_of_rows(query.text, languages, documents.said, lambda stems: share_of_chunks(catalog.sql, stems))
    if not asked:
        return ranked
    scores = {one.chunk_id: one.score for one in ranked}
    scores = {**dict.fromkeys(_further(catalog, query, list(asked), documents.within(where)), 0.0), **scores}
    rows = rows_in(
        catalog.sql,
        "SELECT c.id, d.id, coalesce(c.language, d.language), c.text FROM chunks c JOIN documents d ON d.id = c.document_id"
        " WHERE c.id",
        list(scores),
    )
    fits = {
        chunk_id: _best(text, language, asked, query.text, years)
        for chunk_id, document_id, language, text in rows
        if _FIGURE.search(text)
        and (not documents.best or document_id in documents.best)
        and all(document_id in those for those in meant)
    }
    if not any(fits.values()):
        return ranked
    told = [Fused(chunk_id, score) for chunk_id, score in scores.items() if score or fits.get(chunk_id)]
    return raised(told, fits, VALUE_BONUS)


def _further(catalog: Catalog, query: Query, asked: Sequence[frozenset[str]], within: Filter | None) -> list[int]:
    """Passages that hold two words of the question near each other, or the only one that there is."""
    near = [f'NEAR("{one}" "{other}", {_NEAR})' for two in pairwise(asked) for one in two[0] for other in two[1]]
    match = held(" OR ".join(near) or any_of(asked[0]))
    match = without(match, excluded_match(query, catalog.document_languages()))
    condition, parameters = and_among("rowid", within)
    rows = catalog.sql.execute(
        f"SELECT rowid FROM lexical WHERE lexical MATCH ? {condition} ORDER BY rank LIMIT ?",
        (match, *parameters, _MOST),
    )
    return [chunk_id for (chunk_id,) in rows]


def _best(text: str, language: str | None, asked: Asked, question: str, years: Collection[str]) -> float:
    best = 0.0
    folded = fold(text)
    there = sum(weight for stems, weight in asked.items() if any(stem[:_BEGINNING] in folded for stem in stems))
    if there < FITTING / 2 * sum(asked.values()):  # the least that a row can cover and be fitting: most have less
        return best
    for row in figure_rows(text):
        fits = fit(row.label, asked, question, language)
        if fits >= FITTING:
            told = is_of_year(row, years)
            best = max(best, fits * (1.0 if told or not years else _YEAR_UNKNOWN if told is None else _OTHER_YEAR))
    return best
