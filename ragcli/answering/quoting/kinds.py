"""What kind of thing a question asks for, and whether a sentence holds such a thing.

The patterns here are English and French, and serve where no language is known; `asking` has those of other languages.
"""

import re
from collections.abc import Callable, Sequence

from ragcli.answering.quoting.points_in_time import point_in_time
from ragcli.answering.wording.terms import terms
from ragcli.answering.wording.words import Word, words
from ragcli.retrieval.question import causes
from ragcli.retrieval.question.asking import (
    NOUNS_ARE_CAPITAL,
    YEAR_SAID,
    Asked,
    Questions,
    Speech,
    after_number,
    plain,
    speech,
    typed,
)
from ragcli.retrieval.question.definitions import ENGLISH_AND_FRENCH, defined
from ragcli.retrieval.question.numerals import ENGLISH_NUMBERS, FRENCH_NUMBERS
from ragcli.retrieval.question.periods import ENGLISH_MONTHS, ENGLISH_WEEKDAY, FRENCH_MONTHS, MONTH
from ragcli.retrieval.question.syntax import without_references
from ragcli.storage.terms import unaccented


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _of_questions(*alternatives: str) -> re.Pattern[str]:
    """Questions are typed without accents: `en quelle annee`."""
    return _pattern(*map(unaccented, alternatives))


def _asks(*alternatives: str) -> Callable[[str], object]:
    return _of_questions(*alternatives).search


_IS = r"(?:is|was|are|were|has been|had been)"
_ITS = r"(?:the|its|their|his|her|[\w-]+'s?)"
_EST = r"(?:est|était|sont|étaient|fut|furent|sera|a été)"
# What has a size; those of the other list are as often something else, and ask for one only right after the article.
_MEASURES = (
    r"percent\w*|number|amount|sum|total|proportion|fraction|population|size|rate|ratio|average|median|maximum|minimum|price|cost"
    r"|fee|salary|wage|rent|fine(?= (?:for|of|if|when)\b|\W*$)|income|gdp|enrollment|attendance|budget|profit|tuition|temperature"
    r"|(?:surface|land|total|floor|square \w+) area|voltage|current|frequency|resistance|capacitance|power|resolution|accuracy"
    r"|bandwidth|capacity|speed|weight"
    r"|(?:\w+ing|access|cycle|delay|recovery|response|conversion|rise|fall) time"
)
_SOME_MEASURES = r"height|length|depth|width|age|distance|altitude|area|volume|density|diameter|debt|revenue|score"
_FRENCH_MEASURES = (
    r"nombre|pourcentage|part|proportion|taux|surface|superficie|population|taille|hauteur|longueur|largeur|profondeur|diamètre"
    r"|étendue|température|coût|prix|montant|âge|distance|vitesse|altitude|tension|courant|fréquence|résistance|puissance|débit"
    r"|capacité|total|tarif|somme|salaire|loyer|amende|budget|effectif|score|densité|poids|masse|moyenne|revenu|chiffre"
)

# `What do we do when it rains?`, `Que faire quand il pleut ?` ask for no date.
_NOT_WITHIN = (
    r"^\W*(?!(?:do|does|did|can|could|may|must|should|is|are|was|were|will|would|if|faut-il|peut-on|doit-on|est-ce qu\w*)\b)"
    r"(?:(?!\b(?:what|who|whom|whose|which|where|why|how|que|quoi|qui|quel\w*|où|pourquoi|comment|combien)\b).)*\b"
)

_QUESTIONS: Questions = (
    (
        "date",
        _asks(
            rf"{_NOT_WITHIN}when\b",
            r"\b(?:(?:what|which) (?:years?|dates?(?! back)|(?:week)?days?|month|century|decade|time)|how long ago)\b",
            rf"\bwhat {_IS} {_ITS} (?:\w+ ){{0,2}}(?:dates?\b|years?(?: (?:of|in which|when|that)\b|\s*\?))",
            rf"{_NOT_WITHIN}quand\b",
            r"\b(?:quel(?:le)?s? (?:année|date|jour|mois|siècle|époque|décennie|heure)s?)\b",
            r"\b(?:à|durant|pendant|vers|depuis|en|de) quelle période\b",
            rf"\bquel(?:le)?s? {_EST} (?:la |les |l')(?:\w+ )?(?:date|année)s?\b",
        ),
    ),
    (
        "duration",
        _asks(
            # `How long may the cable be?` asks for metres as well.
            r"\bhow long (?:do|does|did|will|has|have|had|can|may|must|should|before|after|until|is it (?:kept|valid))\b"
            r"(?!(?: [^\s?]+){1,12} be\W*$)",
            r"\bfor how long\b|\bhow much time\b|\b(?:within|in) what (?:time|period|delay)\b",
            r"\b(?:what|which) (?:is|was|are) (?:the|its|their) (?:\w+ )?(?:duration|deadline|time limit|period|term)\b",
            r"\bquels? (?:est |était |sont )?(?:le |les )?délais?\b|\bquelle (?:est |était )?(?:la )?durée\b",
            r"\b(?:combien de temps|(?:pendant|depuis|au bout de|après) combien)\b",
        ),
    ),
    (
        "frequency",
        _asks(r"\b(?:how (?:often|frequently)|à quelle (?:fréquence|périodicité)|tou(?:s|tes) les combien)\b"),
    ),
    (
        "number",
        _asks(
            r"\bhow (?:many|much|long|old|tall|far|large|big|high|deep|fast|heavy|wide)\b",
            r"\bwhat (?:percent\w*|number|amount|sum|total|proportion|fraction|share|population|rate|ratio|size)\b|\bhow great\b",
            rf"\bwhat {_IS} {_ITS} (?:(?:[\w-]+ ){{0,3}}(?:{_MEASURES})|share|{_SOME_MEASURES})\b",
            r"\bat (?:what|which) (?:\w+ )?(?:temperature|rate|age|speed|price|altitude|depth|distance|angle)\b",
            r"\bwhat (?:do|does|did) .+\b(?:(?:cost|owe|pay)\b|(?:come|amount) to\s*\?*\s*$)",
            rf"^\W*(?:the )?(?:[\w-]+ ){{0,3}}(?:{_MEASURES}) (?:of|for)\b(?!.*\b(?:is|are|was|were|do|does|did)\b)",
            r"\bcombien\b",
            rf"\bquel(?:le)?s? (?:{_EST} )?(?:le |la |l'|les )?(?:{_FRENCH_MEASURES})\b",
        ),
    ),
    ("reason", _asks(*causes.ENGLISH, r"\b(?:pourquoi|quelles? (?:cause|raison)s?)\b")),
    ("definition", defined),
    (
        "place",
        _asks(
            # Not the `where` of `How are cases treated where …?`
            r"^(?:(?!\b(?:what|who|whom|whose|which|when|why|how)\b).)*\bwhere\b|(?:,|\b(?:and|or)) where\b",
            r"\b(?:what|which) (?:country|city|town|state|place|region|continent|island)\b",
            # Without its accent it may be "or".
            r"(?:^|[,;])\W*+(?:(?:et|mais|vers|par|depuis|jusqu'|d'?)\s*)?où\b(?! (?:bien|alors|encore|plutôt|non)\b)",
            r"\b(?:d'|jusqu')où\b|\boù\W*$",
            r"\bquel(?:le)?s? (?:pays|ville|région|lieu|endroit|continent|île|état)s?\b",
        ),
    ),
    ("person", _asks(r"(?<!\bqu'est-ce )(?<!\bqu'est ce )\b(?:who|whom|whose|qui)\b(?!-)")),
)
_PRICE = _of_questions(
    r"\bhow much (?:money|is|was|are|were)\b|\b(?:come|amount) to\s*\?*\s*$",
    r"\bhow much\b.*\b(?:costs?|pays?|paid|owed?|charged?|spen[dt]|worth|sells?|sold|price|earn(?:ed)?|invest(?:ed)?)\b",
    r"\b(?:price|cost|fee|salary|wage|budget|rent|fine|fare|sum|total|owe|pay|amount (?:due|paid))\b",
    r"\bcombien (?:d'argent|d'euros|de (?:dollars|francs))\b",  # but not of `combien de pays`
    r"\bcombien (?!d[eu]\b|des\b|d')[\w' -]{0,40}?\b(?:coût|pay|val|vau|dépens|gagn|factur)\w*",
    r"\b(?:prix|montant|coût|tarif|salaire|somme|loyer|amende|budget|total)\b",
)
# What a sum of money says by being one: no sentence that states a price need hold the word that asks for it.
_OF_PRICES = _of_questions(
    r"\b(?:money|price|costs?|fees?|fare|sum|amounts?|owed?|due|pays?|paid|payable|charged?|spen[dt]|worth|sells?|sold|come|ask)\b",
    r"\b(?:argent|prix|montant|coût\w*|tarif|somme|pay\w+|val\w+|vaut|doi\w+|dû|dépens\w+|revien\w+|réclam\w+)\b",
)
# Sums that are asked for by their own names. A total, or a budget, may be one of other things.
_SUMS = re.compile(
    r"\b(?:salar(?:y|ies|is|io)|wages?|rents?|fines?|salaires?|loyers?|amendes?|gehalt|lohn|\w*miete|bu(?:ss|ß)geld\w*|sueldo"
    r"|alquiler|renta|multas?|stipendio|affitto|canone|multe|aluguel|loon|huur|boete|pensj\w+|czynsz\w*|зарплат\w+|штраф\w*)\b",
    re.IGNORECASE,
)
# A `share price` is a price. `What share of the premium does the firm pay?` asks for none.
_SHARE = r"(?:percent\w*|per cent|proportion|fraction|share|rate|ratio)\b(?! prices?\b)"
_IS_SHARE = _of_questions(
    rf"\b(?:what|which) (?:[\w-]+ ){{0,2}}?{_SHARE}|\bhow (?:many|much) percent\b",
    rf"\bwhat {_IS} {_ITS} (?:(?!of\b)[\w-]+ ){{0,3}}?{_SHARE}",
    rf"\bquel(?:le)?s? (?:{_EST} )?(?:le |la |l'|les )?(?:[\w-]+ )?(?:pourcentage|part|proportion|taux|ratio)\b",
)
_PERCENTAGE = r"\b(?:percent|pourcent|prozent|porcent|percentu|procent|процент)\w*"  # in the languages of `asking`
_ASKS_PERCENTAGE = _pattern(_PERCENTAGE, r"\bhow many per cent\b")
# The percentage of a row may stand without its sign; a fraction is one.
_IN_PERCENT = _pattern(
    r"[%‰]|\b(?:percent|per cent|pour ?cent|prozent|por ciento|por cento|per cento|procent|процент\w*)\b",
    rf"{_PERCENTAGE}[^.]*[:|]\s*\d",
    r"(?<![/\d])\d ?/ ?\d{1,2}\b(?!/)|\bhal(?:f|ves)\b|\b(?:a|one|two|three|four|\d)[ -](?:third|quarter|fifth|sixth|tenth)s?\b",
    r"\bla moitié\b|\b(?:un|deux|trois|les?) (?:tiers|quarts?)\b",
)
_KINDS_OF = r"(?:(?:different |distinct )?(?:kinds|types|sorts) of |(?:types|sortes|espèces|genres) d(?:e |'))?"
_COUNTED = _of_questions(rf"\b(?:how many|combien (?:de|d'|des|du))\s*{_KINDS_OF}(\w+)(?:\s+(\w+))?")
_NUMBERS = "|".join((*ENGLISH_NUMBERS, *FRENCH_NUMBERS[1:]))  # `un` is an article, too
_UNIT_OF_TIME = (
    r"(?:seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|centuries"
    r"|secondes?|heures?|jours?|semaines?|mois|trimestres?|semestres?|ans?|années?|siècles?)\b"
)
_LASTS = (
    rf"(?:\d|\b(?:an?|une?|{_NUMBERS}|\w+teen|\w+ty|hundred|quinze|vingt|\w+ante|cents?|several|plusieurs))"
    rf"[\w-]{{0,40}}\)?[\s-]+(?:\w+\s+)?{_UNIT_OF_TIME}"
)
# beside a day or a year
_SHORT_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|janv|f[ée]vr?|avr|juil|d[ée]c)\b\.?"
_DATE = _pattern(
    rf"(?<!\w){YEAR_SAID}s?\b",
    # Written small March and May are verbs, August an adjective.
    rf"\b(?:{'|'.join(f'(?-i:{name})' if name in ('March', 'May', 'August') else name for name in ENGLISH_MONTHS)})\b",
    rf"\b(?:{'|'.join(FRENCH_MONTHS)})\b",
    rf"\b{_SHORT_MONTH},? (?:\d{{1,2}}(?:st|nd|rd|th)?|(?:1\d|20)\d\d)\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_SHORT_MONTH}",
    rf"\b(?-i:{ENGLISH_WEEKDAY})s?\b|\b(?:lun|mar|mercre|jeu|vendre|same)dis?\b|\bdimanches?\b",
    r"\b(?:century|centuries|siècles?|(?-i:BC|AD))\b",
    r"\b\d{1,2}(?::\d{2}\b| ?h(?:eures)? ?(?:\d{2})?\b| ?(?:am|pm|a\.m|p\.m|o'clock)\b)",
    # `within 14 days`, `30 days after receipt`: a date, reckoned from another.
    rf"\b(?:within|later than|after|dans|sous|après)\s(?:[\w'-]+\s){{0,4}}{_LASTS}",
    rf"{_LASTS} (?:after|before|from|following|prior to|in advance|ahead|après|avant|suivant|à compter)\b",
)
_FREQUENCY = _pattern(
    r"\b(?:once|twice|\w+ times|every|each|never|(?:bi|semi-?)?(?:annual(?:ly)?|weekly|monthly))\b",
    r"\b(?:yearly|quarterly|fortnightly|daily|hourly)\b",
    r"\b(?:an?|per|/) ?(?:minute|hour|day|week|month|quarter|year)\b",
    r"\b(?:fois|chaque|tou(?:s|tes) les|jamais|(?:bi|semes|trimes)?(?:annuel|mensuel|triel)\w*|hebdomadaire\w*|quotidien\w*)\b",
    r"\bpar (?:minute|heure|jour|semaine|mois|trimestre|semestre|an)\b",
)
_ASKING = _of_questions(
    r"\bhow (?:long|old|tall|far|large|big|high|deep|fast|heavy|wide|thick|loud|often|frequently|soon|late)\b(?: ago\b)?",
    r"\b(?:what|which) (?:years?|dates?(?! back)|(?:week)?days?(?: of the week)?|months?|century|decade)\b",
    r"\b(?:what|which) time\b(?! (?:zone|period|frame|limit|signature))|\bhow much (?:time|money)\b",
    r"\bwhat (?:percent\w*|proportion|fraction|share)(?= of\b)|\bquel(?:le)? (?:pourcentage|proportion|part)(?= d)",
    r"\b(?:how many (?:different )?(?:kinds|types|sorts) of|combien de (?:types|sortes|espèces|genres) d[e'])",
    r"\bquel(?:le)?s? (?:années?|dates?|jours?(?: de la semaine)?|mois|siècle|époque|décennie|heures?)\b",
    r"\b(?:combien de temps|à quelle (?:fréquence|périodicité)|tou(?:s|tes) les combien)\b",
    r"\b(?:located|situated|située?s?|localisée?s?|se trouve(?:nt)?)\b",
    r"\b(?:happen(?:s|ed)?|occur(?:s|red)?|t(?:ake|akes|ook|aken) place|(?:a|ont) eu lieu|s'est (?:passée?|produite?)s?)\b",
)
# Numbers in words beyond those that `words` reads. `third` alone is an ordinal.
_SPELLED = _pattern(
    r"\b(?:(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?)\b",
    r"\b(?:hundreds?|thousands?|(?:[mb]|tr)illi(?:on|ard)s?|dozens?|scores of|half (?:of|the|an?))\b",
    r"\b(?:one|two|three|a)[ -](?:half|thirds?|quarters?|fifths?|tenths?)\b",
    r"\b(?:treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|quatre-vingts?|cents?|mille|milliers?)\b",
    r"\b(?:(?:diz|douz|quinz|vingt|trent|cinquant|cent)aines?|moitié|(?:un|deux|le) (?:tiers|quarts?))\b",
)
# Times of day, days of months, and what is but a part of a name: `tRESWT3`.
_DAY = r"(?:[12]?\d|3[01])"
_NAMED_MONTH = rf"(?:{'|'.join(name for name in MONTH if len(name) > 3 and name != 'sept')}|(?-i:May|Mai))"
_COUNTS_NOTHING = _pattern(
    r"\[[1-9]\d{0,2}(?:\s?[,;–-]\s?[1-9]\d{0,2})*\]",  # works that are cited
    r"\b\d{1,2}(?::\d{2}| ?h ?\d{2})\b|\b(?:à|at) \d{1,2} ?(?:h|heures|am|pm|a\.m|p\.m)\b|(?<=[^\W\d_])\d+",
    rf"\b{_DAY}(?:st|nd|rd|th|er|\.)? (?:of |de )?{_NAMED_MONTH}\b(?:,? (?:de )?\d{{4}}\b)?",
    rf"\b{_NAMED_MONTH} (?:{_DAY}(?:st|nd|rd|th)?(?=,|\W*$)(?:, \d{{4}}\b)?|\d{{4}}\b)",
)
# `En 2023, …` and `the report of 2024` count no inhabitants; `2000 seats` are counted, `1950 euros` paid.
_YEARS = _pattern(
    r"(?<![\w.,$€£])(?:19|20)\d\d(?=\W*$|[,;:.)](?!\d)|\s(?:of|and|to|the|in|for|by|was|were|is|are|has|had"
    r"|de|des|du|et|à|l[ae]s?|pour|sur|dans|en|par|est|sont|a|ont|était|étaient)\b)"
)
# Large at the beginning of a sentence alone, and in no list of words that say nothing.
_NO_NAMES = frozenset((
    "chaque", "tout", "toute", "tous", "toutes", "aucun", "aucune", "every", "no", "none", "neither", "both", "another",
))  # fmt: skip
# `(3) The committee`, `3° Le comité`, `a) …`, and `2.1. Notice`, by which no list is cut: a line within a paragraph may
# begin so; `2.1.2 Notice` too, but not `2.1 million`.
_LIST_MARK = re.compile(
    r"^\W*(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,2}\.?[°º][.)]?|\d{1,3}(?:\.\d{1,3}){2,}"
    r"|\d{1,3}\.\d{1,3}(?= [A-ZÀ-Þ][a-zß-ÿ])|[a-z]{1,3}\))\s+(?=\S)"
)
# `What does article 12 say?`; `… say about notice?` is a question for notice.
_SAYS = _pattern(
    r"\bwhat (?:does|do|did) .+ (?:say|state|provide|stipulate|contain|read|require|cover|show|describe)\W*$",
    r"^\W*(?:§|[^\W\d_]+\.?)\s*\d+(?:[.-]\d+)*\s+(?:of|in|du|de|des|del|della|der)\s+(?:\S+\s*){1,5}$",
    r"\bwhat(?:'s| is) in\b|^\W*(?:§|\w+\.?)\s*\d+\w?(?:\s+[^\W\d_]+\.?\s*\d+)*(?:\s+[^\W\d_]+)?\W*$",
    r"\bque (?:dit|prévoit|dispose|énonce|stipule|contient|précise|indique)\b(?!.*\b(?:sur|propos|concernant|sujet|quant)\b)",
    r"\b(?:was (?:regelt|besagt|sagt|bestimmt|enthält|steht in)|wie lautet)\b(?!.*\b(?:über|zu[mr]?|bezüglich)\b)",
    r"\bqué (?:dice|establece|dispone|regula|prevé|estipula|contiene)\b(?!.*\b(?:sobre|acerca|respecto)\b)",
    r"\bcosa (?:dice|prevede|stabilisce|dispone|regola|contiene)\b(?!.*\b(?:su|sull?[ao]?|riguardo|circa)\b)",
    r"\bo que (?:diz|estabelece|dispõe|prevê|regula|estipula|contém)\b(?!.*\b(?:sobre|respeito)\b)",
)
# `What are the aims?`, `Dans quels cas … ?` want all that a list has, in whichever language.
_ASKS_ALL = _of_questions(
    r"\b(?:what|which) are (?:the|all)\b|\bin (?:what|which) cases\b|\bquel(?:le)?s sont (?:les|leurs)\b",
    r"\b(?:dans|en) quels cas\b",
    r"\bcuáles son (?:los|las)\b|\ben qué casos\b|\bquali sono (?:i|gli|le)\b|\bin quali casi\b|\bquais são (?:os|as)\b",
    r"\bem que (?:casos|situações)\b|\bwas sind die\b|\bin welchen fällen\b|\bwat zijn de\b|\bin welke gevallen\b",
)
_DEFINITION = _pattern(
    r"\b(?:is|are|was|were) (?:an?|the|any)\b",
    r"\b(?:means?|refers? to|defined|called|known as)\b",
    r"\b(?:est (?:un|une|le|la|l')|sont (?:des|les)|désigne|signifie|appelée?|définie?)",
)
_ENGLISH_AND_FRENCH = Speech(
    questions=_QUESTIONS,
    price=_PRICE,
    of_prices=_OF_PRICES,
    share=_IS_SHARE,
    counted=_COUNTED,
    number_then=after_number(_NUMBERS),
    defining=ENGLISH_AND_FRENCH,
    answers={
        "date": _DATE,
        "duration": _pattern(_LASTS),
        "frequency": _FREQUENCY,
        "reason": _pattern(*causes.TOLD),
        "definition": _DEFINITION,
    },
    spelled=_SPELLED,
    asking=_ASKING,
    read=unaccented,
    place_before=frozenset(
        ["in", "at", "from", "near", "to", "of", "à", "en", "au", "aux", "dans", "près", "vers", "de"]
    ),
)


def speech_of(language: str | None) -> Speech:
    """How a language asks and answers; that of English and French where it is not known."""
    return speech(language) or _ENGLISH_AND_FRENCH


def asked(question: str, language: str | None = None) -> Asked | None:
    """The kind of thing that `question` asks for, None when its words do not tell."""
    own = speech_of(language)
    return own.asked(own.read(plain(question)))


def asking_words(question: str, language: str | None) -> list[str]:
    """The words of a question that only ask, `how old`, `what time`: whatever is of the kind asked for says them."""
    own = speech_of(language)
    return [one[0] for one in own.asking.finditer(own.read(plain(question)))]


def counted(question: str, language: str | None = None) -> list[str]:
    """What a question counts: the two words after "how many", "combien de"; none when it counts nothing."""
    own = speech_of(language)
    found = own.counted.search(own.read(plain(question)))
    return [word for word in found.groups() if word] if found else []


def is_told(question: str) -> bool:
    """Whether `question` asks what something says: `What does article 12 say?`."""
    return _SAYS.search(plain(question)) is not None


def asks_for_all(question: str) -> bool:
    """Whether `question` wants the items of a list: `What are the aims?`."""
    return _ASKS_ALL.search(typed(question)) is not None


def is_priced(question: str, language: str | None = None) -> bool:
    """Whether `question` wants a number that is a price, a cost, a total."""
    own = speech_of(language)
    read = own.read(plain(question))
    if asked(question, language) != "number" or own.price.search(read) is None or own.share.search(read):
        return False
    return not counted(question, language) or own.of_prices.search(read) is not None  # not `how many members in total`


def wants_sum(question: str, language: str | None) -> bool:
    """Whether nothing but a sum of money answers."""
    own = speech_of(language)
    read = own.read(plain(question))
    return is_priced(question, language) and bool(own.of_prices.search(read) or _SUMS.search(read))


def price_words(question: str, language: str | None = None) -> list[str]:
    """The words of a question for a price that any sum of money answers, whatever it is called there; else none."""
    own = speech_of(language)
    return own.of_prices.findall(own.read(question)) if is_priced(question, language) else []


def counts(sentence: str, things: Sequence[str], language: str | None) -> bool:
    """Whether a number stands right before one of the things counted, three words between them at most."""
    wanted = terms(" ".join(things), language)
    return any(wanted & terms(after, language) for after in speech_of(language).number_then.findall(sentence))


def without_dates(sentence: str) -> str:
    """A sentence without the numbers that count nothing: days, hours, years, works that are cited, parts of names."""
    return _YEARS.sub(" ", _COUNTS_NOTHING.sub(" ", without_references(sentence)))


def holds(kind: Asked, sentence: str, question: str, language: str | None = None) -> bool:
    """Whether `sentence` has in it what a question of this kind wants, besides the question's own words.

    Args:
        language: of the sentence.
    """
    own = speech_of(language)
    sentence = _LIST_MARK.sub("", sentence)
    closer = point_in_time(question) if kind == "date" else None
    if (answers := closer or own.answers.get(kind)) is not None:
        return answers.search(sentence.replace("’", "'")) is not None
    if kind == "number" and _ASKS_PERCENTAGE.search(question):
        return _IN_PERCENT.search(sentence) is not None
    in_question = {word.key for word in words(question)}
    found = words(sentence)
    if kind == "number":
        spelled = {word.casefold() for word in own.spelled.findall(sentence)}
        return bool((spelled | {word.key for word in words(without_dates(sentence)) if word.number}) - in_question)
    if sentence.isupper():  # where all is capital, no name can be seen
        return False
    new_names = [at for at in _names(found, sentence, language) if found[at].key not in in_question]
    if kind == "person":
        first = found[0] if found and language not in NOUNS_ARE_CAPITAL else None
        starts_with_name = (
            first is not None
            and sentence[:1].isupper()
            and first.key not in in_question
            and first.key not in _NO_NAMES
            and bool(terms(first.key, language))
        )
        return bool(new_names) or starts_with_name
    return any(at > 0 and any(word.key in own.place_before for word in found[max(0, at - 2) : at]) for at in new_names)


def _names(found: Sequence[Word], sentence: str, language: str | None) -> list[int]:
    """Which words are names; where every noun has a capital, only two in a row are taken for one: `Petra Hofmann`."""
    names = [at for at, word in enumerate(found) if word.name]
    if language not in NOUNS_ARE_CAPITAL:
        return names
    written = [sentence[word.start : word.end] for word in found]
    # Not `Der Mieter`.
    capital = {at for at, word in enumerate(written) if word[:1].isupper() and terms(word, language)}
    followed = {at for at in names if found[at].before == " " and at - 1 in capital}
    return sorted(followed | {at - 1 for at in followed})
