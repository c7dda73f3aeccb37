"""Questions for a cause, in more words than `why`, and the words that tell one."""

import re
from collections.abc import Iterable

from ragcli.retrieval.question.asking import plain, speech, typed
from ragcli.storage.terms import unaccented

# Not of a company or a person, of which the same verbs ask who it is.
_CAUSED = (
    r"(?:(?:has |have |had )?(?:drove|driven|caused|led to|prompted|triggered|contributed to|resulted in|brought about)"
    r"|explain(?:s|ed)?|account(?:s|ed) for|drives?)"
)
_FACTORS = r"(?:factors?|reasons?|causes?|events?|circumstances|considerations)"
_ENTRAINE = (
    r"(?:(?:a|ont|avait|avaient) )?(?:causé|provoqué|entraîné|motivé|déclenché|conduit à|mené à|expliqué|contribué à"
    r"|explique(?:nt)?|provoque(?:nt)?|entraîne(?:nt)?|motive(?:nt)?)"
)
ENGLISH = (
    rf"\bwhy\b|\bhow come\b|\bwhat {_CAUSED}\b|\b(?:what|which) (?:[\w-]+ )?{_FACTORS} {_CAUSED}\b",
    r"\bwhat (?:is|was|are|were) (?:the|its|their) (?:[\w-]+ ){0,2}?(?:reasons?|causes?|drivers?)"
    r"(?= (?:of|for|behind|why|that|which|given)\b)",
    r"\b(?:what|which) (?:[\w-]+ )?reasons?\b",
    r"\bto what (?:can|could|may|is|are|was|were)\b(?=.{0,200}\b(?:attribut\w+|due|owed)\b)",
    r"\bwhat\b.{1,200}\b(?:due|attributable|attributed) to\W*$",
)
# Most of these are no kind of question beside `pourquoi`: what answers them often has no word that tells a cause.
_FRENCH = (
    r"\bpourquoi\b",
    rf"\bqu'est[- ]ce qui {_ENTRAINE}(?!\w)|\bquel(?:le)?s? (?:sont |étaient |est |était )?(?:les |la )?(?:cause|raison)s?(?!\w)",
    rf"\bquels? facteurs? (?:\w+ )?{_ENTRAINE}(?!\w)",
    r"\bà quoi (?:est|sont|était|étaient|fut|serait)\b(?=.{0,200}\b(?:due?s?|dû|liée?s?|attribu\w+|imputable)\b)",
    r"\bà quoi tien(?:t|nent)\b|\b(?:comment|par quoi) s'expliqu\w+",
)
_ASKS = re.compile("|".join(map(unaccented, (*ENGLISH, *_FRENCH))), re.IGNORECASE)  # as questions are typed
TOLD = (
    r"\b(?:because|due to|since|therefore|as a result|in order to|so that|owing to|caused?|reasons?|led to|thus)\b",
    r"\b(?:driven by|attribut(?:ed|able) to|result(?:ed|s|ing)? (?:from|of|in)|stem(?:s|med|ming)? from|as a consequence"
    r"|thanks to|on account of|contribut(?:ed|es|ing) (?:to|factors?)"
    r"|(?:primarily|mainly|largely|partly) (?:from|reflect\w+|by|on)|reflect(?:s|ed|ing)|prompted|triggered"
    r"|explained by|factors?)\b",
    r"\b(?:parce qu|car\b|afin|grâce|en raison|à cause|puisqu|donc\b|pour que\b|pour \w+er\b|permet)",
)


def asks_for_cause(question: str, languages: Iterable[str | None] = ()) -> bool:
    """Whether a question asks what brought something about, in English, French, or one of these languages."""
    if _ASKS.search(typed(question)):
        return True
    spoken = filter(None, map(speech, languages))
    return any(own.asked(own.read(plain(question))) == "reason" for own in spoken)
