"""The words with which a page says that what follows is supposed, offered, one side's, or of another time; in five languages."""

import re

_LONGEST = 9  # words of a line, or of a sentence that says how many guesses follow

_GUESS = (
    r"hypothes[ei]s|assumptions?|suppositions?|scenarios?|allegations?|rumou?rs?|proposals?|conjectures?"
    r"|hypothèses?|scénarios?|allégations?|rumeurs?"
    r"|hypothesen?|annahmen?|vermutung(?:en)?|szenari(?:o|os|en)|behauptung(?:en)?|gerüchte?|vorschl(?:ag|äge)"
    r"|hipótesis|suposici(?:ón|ones)|escenarios?|alegaci(?:ón|ones)|rumor(?:es)?|propuestas?|conjeturas?"
    r"|ipotesi|supposizion[ei]|scenario?|dicerie|propost[ae]|congettur[ae]"
)
_ONE_OF_SEVERAL = (
    r"(?:alternative|possible|other|mögliche|andere) (?:explanations?|erklärung(?:en)?)"
    r"|explications? (?:possibles?|alternatives?)|(?:posibles|otras) explicaciones"
    r"|(?:possibili|altre) spiegazioni|differential diagnos[ei]s"
    r"|diagnostics? différentiels?|differen[zt]ialdiagnosen?|diagnósticos? diferencial(?:es)?|diagnosi differenzial[ei]"
)
_OFFER = r"options?|alternatives?|variant[ei]?s?|optionen|alternativen|opci(?:ón|ones)|opzion[ei]|alternativa"
_EXAMPLE = (
    r"(?:\w+ )?(?:example|instance|exemple|beispiel|ejemplo|esempio)"  # of which a story is told; "Examples" are listed
)
_EXERCISE = r"exercises?|exercices?|aufgaben?|übung(?:en)?|ejercicios?|esercizi(?:o)?"
_AIM = (  # of a year to come: "Vision 2030"
    r"visi[oó]ne?|forecasts?|outlook|targets?|goals?|prévisions?|objectifs?|perspectives?|prognosen?|ausblick|ziele?"
    r"|previsiones|objetivos?|metas?|previsioni|obiettiv[oi]"
)
_OFF = (
    r"cancell?ed|void|withdrawn|retracted|annulée?s?|retirée?s?|rétractée?s?|storniert|abgesagt|zurückgezogen|cancelad[oa]s?"
    r"|anulad[oa]s?|retirad[oa]s?|annullat[oaie]|ritirat[oaie]"
)
_COUNT = r"\W{1,3}(?:(?:no|nr|nº|núm|n°)\W{0,2})?(?:\d{1,2}|(?-i:[A-Z]|[IVX]{1,4}))"
_PARTY = (
    r"claimants?|plaintiffs?|applicants?|appellants?|respondents?|defendants?|complainants?|prosecut(?:ors?|ion)|defen[cs]e|part(?:y|ies)"
    r"|demandeurs?|demanderesses?|défendeurs?|défenderesses?|requérante?s?|appelante?s?|intimée?s?|accusation|défense"
    r"|klägers?|klägerin|beklagte[nrs]?|antragstellers?|parteien"
    r"|demandantes?|demandad[oa]s?|recurrentes?|actora?|fiscal|defensa|partes"
    r"|attor[ei]|attrice|convenut[oaie]|ricorrent[ei]|parti|accusa|difesa"
)
_PLEA = (
    r"submissions?|arguments?|contentions?|pleadings?|case|claims?|view|position|moyens?|prétentions?|thèses?|griefs?|conclusions?"
    r"|vortrag|vorbringen|argumente?|argumentos?|pretensi(?:ón|ones)|alegaciones|argoment[oi]|deduzion[ei]|tesi"
)
_OLD = r"old|former|previous|earlier|outdated|ancien(?:ne)?s?|alte[rs]?|frühere[rs]?|vorherige[rs]?|antigua|antiguo|vecchi[ao]"
_AFTER_NOUN = r"antérieure?s?|précédente?s?|anterior(?:es)?|precedent[ei]"
_TEXT = (
    r"versions?|editions?|wordings?|texts?|rules?|rates?|terms|rédactions?|textes?|règles?|tarifs?|éditions?|fassung(?:en)?"
    r"|regeln?|tarife?|versi(?:ón|ones)|redacci(?:ón|ones)|tarifas?|textos?|version[ei]|test[oi]|tariff[ae]"
)
_DATE = r"(?:\d{1,2}(?:er|st|nd|rd|th|\.)? )?(?:[^\W\d_]+\.? )?(?:de )?\d{4}"
_SPAN = (  # "Until 31 December 2022", but "From 1914 to 1918" is told of as it was
    r"until|till|up to|before|prior to|as (?:of|from)|from|effective|jusqu['’](?:au|en|à)|avant(?: le)?"
    r"|à (?:partir|compter) d[eu]|dès(?: le)?|bis(?: zum)?|vor(?: dem)?|ab(?: dem)?|hasta(?: el)?"
    r"|antes del?|desde(?: el)?|a partir del?|fino al?|prima del?"
    r"|dal|a partire dal?"
)
_LINE = re.compile(
    rf"\W*(?:(?:\w+\W+){{0,2}}(?:{_GUESS})(?:{_COUNT})?|(?:hypothèses?|hipótesis|propuestas?|ipotesi|propost[ae])\W+\w+"
    rf"|(?:{_GUESS}|{_OFFER}|{_EXAMPLE}|{_EXERCISE}){_COUNT}\b.*|{_EXAMPLE}|(?:\w+\W+){{0,4}}(?:{_OFF})"
    rf"|(?:\w+\W+){{0,2}}(?:{_AIM})\W+(?:\w+\W+)?20\d\d"
    r"|proposed \w+|\w+ (?:proposée?|propuest|propost)\w*|vorgeschlagene\w* \w+"
    rf"|(?:\w+['’]?\W+){{0,3}}(?:{_PARTY})\W+(?:s\W+)?(?:{_PLEA})|(?:\w+['’]?\W+){{0,2}}(?:{_PLEA})\W+(?:\w+['’]?\W+){{0,2}}(?:{_PARTY})"
    rf"|(?:\w+\W+)?(?:{_OLD})\W+(?:{_TEXT})\b.*|(?:{_TEXT})\W+(?:{_AFTER_NOUN})\b.*"
    rf"|(?:{_SPAN}) {_DATE}|{_ONE_OF_SEVERAL})\W*",
    re.IGNORECASE,
)
_NO_LONGER_SO = re.compile(  # "Known issues (fixed in 6.1)"
    r"\b(?:fixed|resolved|solved|corrigée?s?|résolus?|behoben|corregid[oa]s?|resuelt[oa]s?|corrett[ei]|risolt[ei])"
    r" (?:in|with|en|dans|avec|mit|con|nella)\b.*\d",
    re.IGNORECASE,
)
_TRUE_OR_FALSE = re.compile(
    r"\b(?:true or (?:false|untrue)|right or wrong|vraie?s? ou fau(?:x|sses?)|(?:wahr|richtig) oder falsch"
    r"|verdader[oa]s? o fals[oa]s?|ver[oaie] o fals[oaie])\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\b(?:\d+|two|three|four|five|several|following|deux|trois|quatre|cinq|plusieurs|suivante?s?|zwei|drei|vier|fünf|mehrere"
    rf"|folgende\w*|dos|tres|cuatro|cinco|varias|siguientes|due|tre|quattro|cinque|diverse|seguenti)\W+(?:\w+\W+)?(?:{_GUESS})\b"
    rf"|\b(?:{_GUESS})\W+(?:suivant|siguient|seguent)\w*",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\W*(?:{_GUESS}|{_OFFER}|{_EXAMPLE}|{_EXERCISE}){_COUNT}\W*", re.IGNORECASE)


def supposes(line: str) -> bool:
    """Whether what stands below a heading or a label is no plain fact: "Option A", "Example", "Until 2022", "True or false?"."""
    if _words(line) > _LONGEST:
        return False
    return bool(_LINE.fullmatch(line) or _TRUE_OR_FALSE.search(line) or _NO_LONGER_SO.search(line))


def opens_guesses(sentence: str) -> bool:
    """Whether those that follow in its paragraph are guesses: "We tested two hypotheses.", "Hypothesis 3."."""
    if _words(sentence) > _LONGEST or sentence.endswith("?"):
        return False
    return _COUNTED.fullmatch(sentence) is not None or _COUNTS.search(sentence) is not None


def _words(text: str) -> int:
    return len(text.split())
