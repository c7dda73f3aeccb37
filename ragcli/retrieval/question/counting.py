"""The verb of a question that counts: `Combien de stations compte le réseau ?`, `How many stations does it comprise?`

It stands in the question and seldom in what answers, `a network of 31 stations`; and it is like other words: `un compte rendu`,
`sans tenir compte des arrêts`, `mesures.pdf`.
"""

import re

_THINGS = r"(?:\s+(?:de\s+|d['’])[\w-]+(?:\s+[\w-]+){0,2}?)?"
_SUBJECT = (
    r"(?=(?:-t)?-(?:ils?|elles?|on)\b"
    r"|\s+(?:(?:les?|la|une?|ce|cet|cette|ces|son|sa|ses|leurs?|notre|nos|votre|vos|chaque)\b|l['’])"
    r"(?!.*\w-(?:t-)?(?:ils?|elles?|on)\b))"  # "combien de grandes régions le plan retient-il": its verb comes last
)
_VERB = re.compile(rf"(\bcombien\b{_THINGS}\s+)[^\W\d_]+{_SUBJECT}", re.IGNORECASE)
# That the whole has its parts: whoever tells how many there are may use any of these, or none.
_COMPTER = (
    r"(?:compt(?:e|ent|ait|aient|a|ai[st])|comport(?:e|ent|ait|aient)|compren(?:d|nent|ait|aient)|contien(?:t|nent)"
    r"|contenai(?:t|ent)|possèd(?:e|ent)|possédai(?:t|ent)|regroup(?:e|ent|ait)|rassembl(?:e|ent|ait)|totalis(?:e|ent|ait))"
)
_HAVING = re.compile(
    rf"(?<=\bcombien\b)({_THINGS}\s+){_COMPTER}{_SUBJECT}|(\s){_COMPTER}(?=-(?:t-)?(?:ils?|elles?|on)\b)"
    r"|(\s)(?:contain|comprise|include|count|possess|consist of)(?=\W*$)",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\bcombien\b|\bhow many\b.*?\b(?:do|does|did)\b", re.IGNORECASE)


def without_verb(question: str) -> str:
    """A French question without the verb by which it counts."""
    return _VERB.sub(r"\1", question)


def without_having(question: str) -> str:
    """A question, English or French, without a verb that only says that something has what is counted."""
    if not _COUNTS.search(question):
        return question
    return _HAVING.sub(lambda found: next(filter(None, found.groups())), question)
