"""The words by which a question says where its answer stands: `as reported in the 10-Q`, `according to this paper`.

They have done their work once passages are found. In the document itself it is the certificates and footers that name it:
`I have reviewed this quarterly report on Form 10-Q` would answer any question that was put so.
"""

import re

from ragcli.storage.terms import content_terms

_DOCUMENT = (
    r"(?:reports?|documents?|papers?|study|filings?|presentations?|slides|slide deck|brochures?|handbook|manual|guide|booklet"
    r"|leaflet|press releases?|publication|texts?|articles?|pdfs?|files?"
    r"|(?:form )?(?:10-?[KQ]s?|8-?Ks?|20-?Fs?)(?: (?:reports?|filings?))?)"
)
_DOCUMENT_ELSEWHERE = (  # fr, de, es, it, pt, nl; not `article`, which laws have
    r"(?:rapports?|documents?|études?|textes?|fichiers?|notices?|brochures?|guides?|manuels?|présentations?|compte[- ]rendus?"
    r"|procès-verba(?:l|ux)|berichte?s?|dokumente?n?s?|studien?|unterlagen?|informes?|documentos?|estudios?|textos?|manual"
    r"|rapport[oi]|document[oi]|studi[o]?|testo|relatórios?|estudos?|rapport|documenten|verslag|tekst)"
)
_ADJECTIVE = r"(?: (?:annuel|financier|trimestriel|semestriel|final|intermédiaire|anual|annuale|financiero|finanziario|jaar)\w*)?"
_POINTS = r"(?:the|this|these|that|its|their|his|her|our|your)"
_POINTS_ELSEWHERE = (
    r"(?:(?:le|la|les|ce|cet|cette|ces|son|sa|leurs?|de[rnm]|die|das|diese[rnms]?|el|los|las|est[eao]s?|il|lo|gli|quest[oaie]"
    r"|[oa]s?|het|de|dit|deze) |l'|quest')"
)
_OWNER = r"[\w.&-]+(?:'s|s')"
_TOLD = (
    r"(?:reported|stated|disclosed|revealed|detailed|mentioned|described|outlined|presented|given|shown|discussed|noted|listed"
    r"|recorded|highlighted|provided|indicated|specified|cited|contained|report|disclose|mention|state|reveal)"
)
_TOLD_ELSEWHERE = (
    r"(?:(?:mentionné|indiqué|cité|présenté|décrit|donné|évoqué|précisé|publié)e?s?|(?:erwähnt|genannt|beschrieben|angegeben)"
    r"|(?:mencionad|indicad|citad|descrit|presentad)[oa]s?|(?:menzionat|indicat|citat|descritt|presentat)[oaie])"
)
_BETWEEN = r"(?P<between>(?:(?!(?:of|page|section|table|figure|chapter|appendix)\b)[\w'&./-]+ ){0,5}?)"
_AFTER = r"(?=\s*(?:[,;:?.!]|$)|\s+(?:and|or|for|on|by|how|what|which|is|are|was|were|do|does|did|as|to)\b)"
_WHERE = rf"(?:{_POINTS}|(?P<owner>{_OWNER})) {_BETWEEN}{_DOCUMENT}\b"
_REFERENCES = tuple(
    re.compile(one, re.IGNORECASE)
    for one in (
        rf"^\W*\b(?:in|from|for|per) {_WHERE}\s*,",
        rf",?\s*\b(?:according to|based on|as per|per) {_WHERE}{_AFTER}",
        rf",?\s*(?:\bas )?(?:\b{_TOLD} (?:by (?P<by>[\w.&-]+) )?)?\b(?:in|from|within) {_WHERE}{_AFTER}",
        rf",?\s*\b(?:selon|d'après|suivant|laut|gemäß|según|secondo|segundo|volgens) {_POINTS_ELSEWHERE}{_DOCUMENT_ELSEWHERE}"
        rf"\b{_ADJECTIVE}(?=\s*(?:[,;:?.!]|$)|\s+(?:\d{{4}}|der|die|das|l[ae]s?|el|quel\w*|combien|was|wie)\b),?",
        rf",?\s*(?:\b{_TOLD_ELSEWHERE} )?\b(?:dans|in|en|nel|nell[oa']|im|n[oa]) ?{_POINTS_ELSEWHERE}?{_DOCUMENT_ELSEWHERE}"
        rf"\b{_ADJECTIVE}(?=\s*(?:[,;:?.!]|$))",
    )
)


def without_reference(question: str) -> str:
    """The question without the words that call a document one; whose it is, and of when, stays."""
    told = question.replace("’", "'")
    for pattern in _REFERENCES:
        told = pattern.sub(
            lambda found: f" {' '.join(one.strip() for one in found.groupdict().values() if one)} ", told
        )
    rest = " ".join(told.split())
    return rest if content_terms(rest, None) else question
