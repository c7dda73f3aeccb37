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
    r"(?:it|its|he|she|his|her|they|their|this|these|those|that|such|both|neither|the (?:former|latter|same|others?))\b",
    "fr": r"(?!il (?:n['’]y a|n['’]existe|(?:ne )?(?:faut|s['’]agit|convient)|y a|existe|est (?:\w+ )?(?:que|de|d['’]))\b)"
    r"(?:ils?|elles?|c['’]est|ce|cet|cette|ces|cela|ceci|ça|celui|celles?|ceux|son|sa|ses|leurs?|lui|l['’]autre|les autres)\b",
    "de": r"(?!es (?:gibt|gab|ist|sind|wird|werden|wurden?|muss|kann)\b|sie \w+en\b)"
    r"(?:er|sie|es|seine?[mnrs]?|ihre?[mnrs]?|ihnen|ihm|dies(?:e[mnrs]?)?|jene[mnrs]?|letztere[rs]?|beide|deren|dessen"
    r"|(?:der|die|das) anderen?)\b",
    "es": r"(?!es (?:posible|necesario|obligatorio|importante|preciso)\b)"
    r"(?:él|ell[oa]s?|ello|est[aeo]s?|es[aeo]s?|es|sus?|fue(?:ron)?|eran?|son|están?|tienen?|tenían?|han?|ambos"
    r"|(?:el|l[ao]s?) otr[oa]s?)\b",
    "it": r"(?!è (?:possibile|necessario|obbligatorio|vietato|opportuno)\b)"
    r"(?:egli|ella|ess[oaie]|lui|lei|loro|quest[oaei]|quell[oaei]|ciò|suo|sua|suoi|sue|fu(?:rono)?|era(?:no)?|è|sono|ha|hanno"
    r"|aveva(?:no)?|entramb[ei]|l['’]altr[oa]|(?:gli|le) altr[ie])\b",
}
# What follows from the sentence before, holds only against it, or is reckoned from it: "Otherwise, the deposit is kept.", "Two
# years later, it fell.", "The first costs 5 €.".
_JOINED = {
    "en": r"(?:therefore|thus|hence|consequently|accordingly|as a (?:result|consequence)|otherwise|instead|likewise|similarly"
    r"|conversely|(?:by|in) contrast|on the (?:contrary|other hand)|if (?:so|not)(?=,)|so(?=,)|then|later|afterwards?|thereafter"
    r"|subsequently|meanwhile|(?:until|since|by) then"
    r"|\S+ (?:years?|months?|weeks?|days?|hours?|minutes?|decades?|centur(?:y|ies)) (?:later|earlier|afterwards|before(?=,))"
    r"|(?:shortly|soon) (?:afterwards?|later)"
    r"|the (?:following|next|previous) (?:day|night|morning|week|month|year|decade|century|spring|summer|autumn|winter)"
    r"|the (?:first|second|third|last)(?: one)? (?:is|was|are|were|has|had|will|can|must|may|costs?))\b",
    "fr": r"(?:par conséquent|en conséquence|donc|ainsi(?=,)|dès lors|sinon|autrement|à défaut(?=,)|au contraire|en revanche"
    r"|à l['’]inverse|ensuite|puis|par la suite|entre-temps|plus (?:tard|tôt)(?=,)|\S+ (?:ans?|années?|mois|semaines?|jours?"
    r"|heures?|minutes?|siècles?|décennies?) (?:plus (?:tard|tôt)|après(?=,)|auparavant)|le lendemain"
    r"|l['’](?:année|été|hiver|automne) (?:suivante?|précédente?|d['’]après)|de même(?=,)"
    r"|l[ea] (?:jour|mois|semaine|décennie|siècle) (?:suivante?|précédente?|d['’]après)|(?:au|l[ea]s?) mêmes?"
    r"|l[ea] (?:premi(?:er|ère)|seconde?|deuxième|troisième|derni(?:er|ère)) (?:est|était|a|avait|peut|doit|sera|date))\b",
    "de": r"(?:daher|deshalb|deswegen|darum|folglich|somit|demnach|andernfalls|ansonsten|sonst|stattdessen|hingegen|dagegen"
    r"|ebenso|gleichfalls|umgekehrt|dann|danach|daraufhin|später|damals|seitdem|seither|inzwischen|bis dahin"
    r"|\S+ (?:jahre?n?|monate?n?|wochen?|tage?n?|stunden?|minuten?|jahrhunderte?) (?:später|zuvor|danach|darauf)"
    r"|(?:\w+ ){0,2}\d{4} \w+ (?:er|sie|es)|(?:im|in der|am|an dem) (?:folgenden|nächsten|selben|gleichen)"
    r"|(?:der|die|das) (?:erste|zweite|dritte|letzte) (?:ist|war|hat|hatte|wird|kann|muss|darf|kostet))\b",
    "es": r"(?:por (?:lo tanto|tanto|consiguiente)|en consecuencia|de lo contrario|en caso contrario|asimismo|en cambio"
    r"|por el contrario|entonces|luego|después(?! de)|más tarde|\S+ (?:años?|mes(?:es)?|semanas?|días?|horas?|minutos?|siglos?)"
    r" (?:más tarde|después(?! de)|antes(?=,))|(?:al|el) (?:año|mes|día) (?:siguiente|anterior)|(?:el|l[ao]s?) mism[oa]s?"
    r"|(?:el|la) (?:primer[oa]|segund[oa]|tercer[oa]|últim[oa]) (?:es|era|fue|tiene|puede|debe|cuesta))\b",
    "it": r"(?:perciò|quindi|dunque|pertanto|di conseguenza|altrimenti|in caso contrario|invece|al contrario|allo stesso modo"
    r"|poi|in seguito(?=,)|più tardi|\S+ (?:ann[oi]|mes[ei]|settiman[ae]|giorn[oi]|or[ae]|minut[oi]|secol[oi])"
    r" (?:dopo|più tardi|prima(?=,))|(?:l['’]anno|il giorno|il mese) (?:dopo|seguente|successivo|precedente)"
    r"|(?:lo|la|gli|le) stess[oaie]|(?:il|la) (?:prim[oa]|second[oa]|terz[oa]|ultim[oa]) (?:è|era|fu|ha|può|deve|costa))\b",
}
_BEHIND = {  # a preposition: "In that case, …"
    "en": r"(?:in|at|on|for|by|from|with|under|after|before|since|until|during|because of|despite|due to|of|to)"
    r" (?:this|that|these|those|such|it|them|him|the same)\b",
    "fr": r"(?:dans|à|en|pour|avec|par|sous|après|avant|depuis|pendant|malgré|selon|sur|lors de|de)"
    r" (?:cet?|cette|ces|cela|ceci|lui|elles?|eux|l[ae]s? mêmes?)\b",
    "de": r"(?:in|an|auf|aus|bei|mit|nach|seit|von|vor|zu|unter|trotz|wegen|für|durch|während)"
    r" (?:dies(?:e[mnrs]?)?|jene[mnrs]?|ihm|ihr|ihnen)\b",
    "es": r"(?:en|con|por|para|de|a|desde|tras|según|ante|bajo|durante)"
    r" (?:est[aeo]s?|es[aeo]s?|ell?[oa]s?|él|(?:l[ao]s?|el) mism[oa]s?)\b",
    "it": r"(?:in|con|per|di|a|da|su|dopo|secondo|durante|sotto)"
    r" (?:quest[oaei]|quell[oaei]|ciò|ess[oaie]|lui|lei|loro|l[oa] stess[oa])\b",
}
# Not a name in a clause, which comes with its sentence: "When Smith came, he was ill.".
_CLAUSE = (
    r"(?:when|while|where\w*|if|unless|as|although|though|because|once|since|after|before|until|whether|whoever|what"
    r"|quand|lorsqu\w*|si|s|comme|puisqu\w*|bien|tandis|dès|qui|pour|après|avant|als|wenn|falls|sobald|obwohl|weil|während"
    r"|nachdem|bevor|da|cuando|aunque|mientras|donde|quando|mentre|sebbene|dove|se)\b"
)
_YEAR = r"(?:\w+ ){0,3}\d{4}"
_POINTS = {
    language: re.compile(
        rf"\W*(?:{words}|{_JOINED[language]}|{_BEHIND[language]}"
        rf"|{_YEAR},? {words}|(?!{_CLAUSE})(?:[^\s,;:]+ ){{0,3}}[^\s,;:]+, {words})",
        re.IGNORECASE,
    )
    for language, words in _BACK.items()
}
_ANSWERS = re.compile(r"\W*(?:yes|no|oui|non|si|ja|nein|doch|sí|sì)\b\s*[,.;:!–—-]", re.IGNORECASE)
_SELF = re.compile(rf"\W*\w+ (?:{_OWN})\b", re.IGNORECASE)


def points_back(sentence: str, language: str | None) -> bool:
    """Whether a sentence begins with what stands for something named before, or follows from it; not known in other languages."""
    found = _POINTS.get(language or "en")
    return found is not None and found.match(sentence) is not None


def answers(sentence: str) -> bool:
    """Whether it says yes or no to a question: "Yes, in the bow."."""
    return _ANSWERS.match(sentence) is not None


def names_its_text(sentence: str, language: str | None) -> bool:
    """Whether that is the text in which it stands: "This study shows …"."""
    return points_back(sentence, language) and _SELF.match(sentence) is not None
