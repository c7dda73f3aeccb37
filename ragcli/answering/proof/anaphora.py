"""Sentences that speak of what the one before them named: "It was built in 1889." proves nothing of another tower."""

import re

_OWN = (  # a text that speaks of itself
    r"paper|study|article|document|agreement|section|chapter|report|work|book|page|guide|manual|contract|policy|regulation|act|law"
    r"|texte|chapitre|contrat|règlement|rapport|décret|accord|avenant|étude|loi|page|section"
    r"|vertrag|arbeit|bericht|abschnitt|dokument|kapitel|gesetz|verordnung|handbuch"
    r"|texto|documento|capítulo|contrato|reglamento|informe|estudio|ley|manual"
    r"|testo|capitolo|contratto|regolamento|rapporto|studio|legge|manuale"
)
# Pronouns and possessives; in Spanish and Italian, which leave pronouns out, a verb of being or having, too. Not the "it" of "it
# is said that", which names nothing.
_BACK = {
    "en": r"(?!it (?:is|was|has been|will be|would be|may be|seems|appears|follows) (?:\w+ )?(?:that|to|for)\b)"
    r"(?:it|its|he|she|his|her|they|their|this|these|those|that|such|both|neither|the (?:former|latter|same))\b",
    "fr": r"(?!il (?:n['’]y a|n['’]existe|(?:ne )?(?:faut|s['’]agit|convient)|y a|existe|est (?:\w+ )?(?:que|de|d['’]))\b)"
    r"(?:ils?|elles?|c['’]est|ce|cet|cette|ces|cela|ceci|ça|celui|celles?|ceux|son|sa|ses|leurs?|lui)\b",
    "de": r"(?!es (?:gibt|gab|ist|sind|wird|werden|wurden?|muss|kann)\b|sie \w+en\b)"
    r"(?:er|sie|es|seine?[mnrs]?|ihre?[mnrs]?|ihnen|ihm|dies(?:e[mnrs]?)?|jene[mnrs]?|letztere[rs]?|beide|deren|dessen)\b",
    "es": r"(?!es (?:posible|necesario|obligatorio|importante|preciso)\b)"
    r"(?:él|ell[oa]s?|ello|est[aeo]s?|es[aeo]s?|es|sus?|fue(?:ron)?|eran?|son|están?|tienen?|tenían?|han?|ambos)\b",
    "it": r"(?!è (?:possibile|necessario|obbligatorio|vietato|opportuno)\b)"
    r"(?:egli|ella|ess[oaie]|lui|lei|loro|quest[oaei]|quell[oaei]|ciò|suo|sua|suoi|sue|fu(?:rono)?|era(?:no)?|è|sono|ha|hanno"
    r"|aveva(?:no)?|entramb[ei])\b",
}
_POINTS = {language: re.compile(rf"\W*{words}", re.IGNORECASE) for language, words in _BACK.items()}
_SELF = re.compile(rf"\W*\w+ (?:{_OWN})\b", re.IGNORECASE)


def points_back(sentence: str, language: str | None) -> bool:
    """Whether a sentence begins with a word that stands for something named before; not known in other languages."""
    found = _POINTS.get(language or "en")
    return found is not None and found.match(sentence) is not None


def names_its_text(sentence: str, language: str | None) -> bool:
    """Whether that is the text in which it stands: "This study shows …"."""
    return points_back(sentence, language) and _SELF.match(sentence) is not None
