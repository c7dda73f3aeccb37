"""The words with which a page says that something is not so: in English, French, German, Spanish and Italian."""

import re

_LONGEST_LINE = 5  # words of a heading or a label that denies; a longer one may speak of anybody's mistakes
_LONGEST = 9  # words of a sentence that says nothing but that the one before it is not so

_FALSE = (
    r"myths?|false|falsehoods?|untrue|wrong|incorrect|inaccurate|misconceptions?|fallac(?:y|ies)|lies?|fake|hoax(?:es)?|debunked"
    r"|disproved|refuted|repealed|revoked|rescinded|obsolete|superseded|deprecated"
    r"|no longer (?:in force|valid|appl(?:y|ies|icable))"
    r"|mythes?|faux|fausses?|inexacte?s?|idées? reçues?|erronée?s?|abrogée?s?|périmée?s?|obsolètes?|dépréciée?s?|caduc|caduques?"
    r"|mensong(?:e|er|ère)s?|n['’]est plus (?:valable|en vigueur)|contre-vérités?"
    r"|myth(?:os|en)|falsch(?:e[mnrs]?)?|unwahr(?:e[mnrs]?|heit(?:en)?)?|unrichtig(?:e[mnrs]?)?|irrt(?:um|ümer)"
    r"|irrig(?:e[mnrs]?)?"
    r"|aufgehoben(?:e[mnrs]?)?|außer kraft|überholt(?:e[mnrs]?)?|veraltet(?:e[mnrs]?)?|ungültig(?:e[mnrs]?)?"
    r"|widerlegt(?:e[mnrs]?)?|nicht mehr (?:gültig|in kraft)"
    r"|mitos?|fals[oa]s?|incorrect[oa]s?|erróne[oa]s?|derogad[oa]s?|obsolet[oa]s?|bulos?|mentiras?|ya no (?:está )?vigentes?"
    r"|miti|fals[ie]|errat[oaie]|sbagliat[oaie]|abrogat[oaie]|obsolet[ie]|bufal[ae]|non più (?:in vigore|valid[oaie])"
)
_FALSE_WORD = re.compile(rf"\b(?:{_FALSE})\b", re.IGNORECASE)
_FALSE_LINE = re.compile(rf"(?:\W*\w+){{0,2}}?\W*(?:{_FALSE})\W*", re.IGNORECASE)  # not "Fake news detection"
_LONGEST_HEADING = 200  # characters: one word of thousands takes seconds
_LINE = re.compile(
    rf"\b(?:{_FALSE}|(?:common )?mistakes|errors|rumou?rs?|urban legends?|rejected|hypothetical|fictitious|not|never|don['’]t"
    r"|erreurs|rumeurs?|légendes urbaines|rejetée?s?|hypothétiques?|fictifs?|fictives?|ne pas"
    r"|fehler|gerüchte?|vorurteile?|abgelehnt(?:e[mnrs]?)?|hypothetisch(?:e[mnrs]?)?|fiktiv(?:e[mnrs]?)?|nicht|nie(?:mals)?"
    r"|errores|rumor(?:es)?|leyendas urbanas|rechazad[oa]s?|hipotétic[oa]s?|ficticios?|ficticias?|que no"
    r"|errori|dicerie|leggende urbane|respint[oaie]|ipotetic[oahei]+|fittizi[oae]?|(?:cosa|da) non)\b",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\W*(?:if|unless|in case|in the event|si|sauf|en cas|falls|sofern|wenn|im falle?"
    r"|en caso|in caso|se (?:il?|l[aoe]|gli|una?|non|si|l['’]))\b(?!.*[?؟])",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    rf"\b(?:{_FALSE}"
    r"|(?:not|n['’]t|never) (?:true|correct|so|the case|right|verified|confirmed|approved|proven)"
    r"|(?:stimmt|trifft)\b.* nicht|nicht (?:wahr|richtig|zutreffend|so|bestätigt)"
    r"|non (?:vérifiée?|confirmée?|verificat[oa]|confermat[oa])|no (?:verificad|confirmad)[oa]"
    r"|(?:pas|jamais) (?:vrai|exacte?|le cas)|n['’]en (?:est|fut|était) rien"
    r"|no (?:es|era|fue) (?:ciert[oa]|verdad|así|correct[oa])"
    r"|non (?:è|era|fu) (?:ver[oa]|così|corrett[oa])"
    r"|(?:a|an|ein|une|un) (?:error|mistake|fehler|erreur|errore)(?=\W*$)"
    # It was meant or held once, or holds not everywhere.
    r"|(?:was|were|is|are|been) (?:\w+ )?(?:denied|disputed|withdrawn|retracted|rejected|dropped|abandoned|cancell?ed|overturned"
    r"|overruled|reversed|annulled|quashed|struck|deleted|removed|replaced|corrected|amended|lifted|reduced|suspended)"
    r"|(?:wurden?|ist|sind|worden) .{0,60}(?:bestritten|dementiert|zurückgenommen|zurückgezogen|verworfen|aufgegeben|gestrichen"
    r"|berichtigt|korrigiert|geändert|ersetzt|ausgesetzt)"
    r"|démentie?s?|abandonnée?s?|annulée?s?|infirmée?s?|cassée?s?|supprimée?s?|corrigée?s?|modifiée?s?|remplacée?s?|suspendue?s?"
    r"|desmentid[oa]s?|abandonad[oa]s?|anulad[oa]s?|suprimid[oa]s?|corregid[oa]s?|modificad[oa]s?|sustituid[oa]s?|suspendid[oa]s?"
    r"|smentit[oaie]|abbandonat[oaie]|annullat[oaie]|soppress[oaie]|corrett[oaie]|modificat[oaie]|sostituit[oaie]|sospes[oaie]"
    r"|do(?:es)?(?: not|n['’]t) apply|(?:gilt|gelten) .*nicht(?: mehr)?|(?:gilt|gelten) nicht|s['’]appliqu(?:e|ent) (?:pas|plus)"
    r"|ne va(?:ut|lent) (?:pas|plus)|no se aplican?|no vale|non (?:vale|valgono|si applicano?))\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"(?:this|that|these|those|it|das|dies(?:e[rs]?)?|es|c['’]est|ce(?:la|ci|tte|t|s)?|ça|il n['’]en|est[oae]s?"
    r"|es[oa]s?|quest[oaie]|ciò"
    r"|no (?:es|era|fue)|non (?:è|era|fu)|which)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:but|yet|however|in fact|in reality|actually|doch|aber|jedoch|allerdings|tatsächlich|or|mais|pourtant"
    r"|cependant|en réalité"
    r"|pero|sin embargo|en realidad|ma|tuttavia|però|in realtà)\b,?\s*",
    re.IGNORECASE,
)
_RETRACTIONS = re.compile(
    # "It never was.", "The opposite is true.", "None of this is true.", "Smith denied this."
    r"^(?:it|this|that|they|these) (?:never (?:was|were|did|happened|came)|(?:did|was|were) not)\W*$|^dazu kam es (?:nie|nicht)"
    r"|\bthe (?:opposite|contrary|reverse) is (?:true|the case)|\bdas gegenteil (?:ist|war|trifft)|\ble contraire qui est vrai"
    r"|\blo contrario es|\bocurr\w+ lo contrario|\bvero il contrario"
    r"|^(?:none of|nothing of|nichts davon|rien de|nada de|niente di|nulla di)\b.*\b(?:true|wahr|stimmt|vrai"
    r"|ciert[oa]|verdad|ver[oa])\b"
    r"|\b(?:den(?:ied|ies|y)|disputed?s?|refute[ds]?|rejects?|rejected|contradict(?:s|ed)?) (?:this|that|it|these|them)\W*$"
    r"|\b(?:bestritt|bestreitet|dementierte?|widerlegte?|verneinte?)\w* (?:das|dies|es)\W*$"
    r"|\b(?:nie|conteste|a (?:nié|contesté|démenti)) (?:cela|ceci)\b|\ble (?:nie|conteste|démentit?)\b"
    r"|\blo (?:negó|niega|desmintió|desmiente|negò|nega|smentì|smentisce)\b"
    # "Room 7 is an exception."
    r"|\b(?:is|are|was|were) (?:an?|the)? ?(?:only )?exceptions?\b|\bf(?:ait|ont) exception\b"
    r"|\b(?:ist|sind|bilde[tn]) (?:eine |die )?ausnahmen?\b|\b(?:es|son) (?:una |la |las )?excepci(?:ón|ones)\b"
    r"|\bf(?:a|anno) eccezione\b"
    # "Except on Sundays.", "Only for members."
    r"|^(?:except(?:ing)?|excluding|außer|ausgenommen|sauf|hormis|excepté|salvo|excepto|tranne|eccetto)\b"
    r"|^(?:only|not) (?:for|on|in|at|if|when|with)\b|^(?:nur|nicht) (?:für|am|im|an|bei|wenn|mit)\b"
    r"|^(?:seulement|uniquement) (?:pour|le|la|les|si|en)\b|^sol(?:o|amente) (?:para|los|si|en|con|per|se|di|il|la)\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\b(?:following|below|folgende[mnrs]?|suivante?s?|suit|ci-dessous|siguientes?|seguent[ei]|segue)\b", re.IGNORECASE
)
_SUPPOSES = re.compile(
    r"(?:(?:let us |let's )?(?:suppose|imagine|assume)\b|angenommen,|nehmen wir an\b|stellen sie sich vor\b"
    r"|supposons\b|imagin(?:ons|ez)\b"
    r"|supongamos\b|imaginemos\b|supponiamo\b|immaginiamo\b)",
    re.IGNORECASE,
)
# What a colon, a list, or "the following", makes another's words, supposes, or forbids.
_OTHERS = re.compile(
    r"\b(?:not|never|none|nor|cannot|claim(?:s|ed)|sa(?:y|ys|id)|argue[ds]?|allege[ds]?|believe[ds]?|nicht|keine?[mnrs]?|nie"
    r"|behaupte(?:t|n|te|ten)|sag(?:t|en|te|ten)|mein(?:t|en|te|ten)|pas|jamais|aucune?|affirm(?:e|ent|ait|aient)"
    r"|prétend(?:ent|ait|aient)?|di(?:t|sent|sait)|dij(?:o|eron)|dicen?|afirm(?:an?|ó|aron|aba)|ningun[oa]|nunca"
    r"|diss(?:e|ero)|dic(?:e|ono)|sostienen?|sosteneva(?:no)?|sostengono|nessun[oa]?|mai"
    r"|assume[ds]?|suppose[ds]?|propose[ds]?|suggest(?:s|ed)?|suppos(?:e|ent|é|ait|aient)|propos(?:e|ent|é|ait)"
    r"|angenommen|vorgeschlagen|vermutet|supuso|supone|propuso|propone|supposto|proposto"
    r"|forbid(?:s|den)?|prohibit(?:s|ed)?|banned|exclude[ds]?|exempt(?:ed)?|interdi(?:t|ts|te|tes)|défendue?s?|exclue?s?"
    r"|verboten|untersagt|ausgeschlossen|prohibid[oa]s?|prohíbe|excluid[oa]s?|vietat[oaie]|esclus[oaie])\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"(?:{_FALSE})\W*(?:no|nr|nº|núm|n°)?\W*\d+\W*", re.IGNORECASE)  # "Myth no. 1."


def denies(line: str) -> bool:
    """Whether a heading or a label says that what stands below it is not so, or not always: "Common myths", "If it rains"."""
    return _IF.match(line) is not None or (_words(line) <= _LONGEST_LINE and _LINE.search(line) is not None)


def says_false(line: str) -> bool:
    """Whether a heading says that what stands below it is false, or no longer in force: "Common myths", "Repealed"."""
    return len(line) <= _LONGEST_HEADING and _FALSE_LINE.fullmatch(line) is not None


def speaks_of_false(question: str) -> bool:
    """Whether a question asks for what is false, or no longer in force: "Which rules were repealed?"."""
    return _FALSE_WORD.search(question) is not None


def takes_back(sentence: str) -> bool:
    """Whether it says no more than that the sentence before it is not so, or not always: "But this is wrong."."""
    if _words(sentence) > _LONGEST or sentence.endswith("?"):
        return False
    sentence = sentence.lstrip(" ([")
    link = _LINK.match(sentence)
    plain = sentence[link.end() :] if link else sentence
    if _RETRACTIONS.search(plain):
        return True
    found = _NOT_SO.search(plain)
    return found is not None and (
        _POINTS_BACK.match(plain) is not None
        or (found.start() == 0 and not re.match(r"[^\S\n]*\w", plain[found.end() :]))  # "False.", "Not so, says Smith."
    )


def disowns(sentence: str, *, is_open: bool, lists: bool = False) -> bool:
    """Whether those that follow are false, another's or supposed: "Smith claimed the following.", "Myth no. 1."

    Args:
        is_open: it ends with a colon.
        lists: a list stands behind it: "We pay for none of these.".
    """
    if _COUNTED.fullmatch(sentence) or _SUPPOSES.match(sentence):
        return True
    says_so = any(pattern.search(sentence) for pattern in (_NOT_SO, _OTHERS))
    follows = is_open or (_words(sentence) <= _LONGEST and (lists or _FOLLOWING.search(sentence) is not None))
    return (follows and says_so) or (is_open and denies(sentence))


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))
