"""Make a question of a conversation stand alone: "And in winter?" needs what was talked about."""

import re
from collections.abc import Sequence

from ragcli.answering.llm.generator import Generator, Message, Sampling
from ragcli.answering.llm.visible import printable
from ragcli.answering.wording.terms import terms
from ragcli.answering.wording.words import words
from ragcli.errors import ModelError
from ragcli.letters import ASKING
from ragcli.retrieval.naming.codes import codes
from ragcli.retrieval.question.asking import LANGUAGES, NOUNS_ARE_CAPITAL, speech

_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|ones?|same|such"
    r"|il|ils|elle|elles|lui|leur|leurs|son|sa|ses|ce|cela|ça|celui|celle|ceux|celles|celui-ci|celle-ci|y|en|là)\b",
    re.IGNORECASE,
)


def _unless_after(*words: str) -> str:
    return "".join(rf"(?<!\b{word} )" for word in words)


# The same words where they point at nothing said before: "is there a fee", "a rule that", "en cas de", "est-ce que".
_POINTS_NOWHERE = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+there\b|\bthere\s+(?:is|are|was|were|has|have|had|will|may|can|must)\b"
    # "that" stands for something at the beginning, behind these verbs and behind prepositions; else it joins clauses.
    rf"|(?<!^){_unless_after('is', 'was', 'did', 'does', 'and', 'why', 'of', 'in', 'on', 'at', 'to', 'by', 'for')}"
    rf"{_unless_after('like', 'than', 'with', 'from', 'about', 'after', 'before')}\bthat\b"
    rf"|{_unless_after('the', 'this', 'that', 'which', 'other', 'another')}\bone\b|\bone\s+of\b"
    r"|\bthis\s+(?:year|month|week|season|winter|spring|summer|autumn)\b|\bsuch\s+as\b"
    r"|\b(?:is|was)\s+it\s+(?:possible|allowed|necessary|true|safe|forbidden|required)\b|\bdoes\s+it\s+take\s+to\b"
    r"|\best-ce\b|\bce\s+qu|\bil\s+(?:y\s+a|faut|existe|s'agit)\b|\by\s+a-t-il\b|\b(?:faut|agit|existe-t)-il\b"
    r"|\best-il\s+(?:possible|nécessaire|permis|interdit|obligatoire)\b"
    # "en" stands for something behind another pronoun and before an auxiliary verb; else it is a preposition.
    rf"|{_unless_after('combien', 'qui', 'y')}(?<! il )(?<! elle )(?<! on )(?<!\bn')(?<!\bs')\ben\b"
    r"(?!\s+(?:a|ont|est|sont|était|étaient|avait|avaient|fait|faut|reste)\b)",
    re.IGNORECASE,
)
# "Combien de stations le syndicat exploite-t-il": the pronoun repeats a subject that stands before it.
_OWN_SUBJECT = re.compile(
    rf"{_unless_after('de', 'à', 'en', 'sur', 'dans', 'pour', 'par', 'sous', 'avec')}"
    r"\b((?:le|la|les|une?|des|notre|nos|cette|chaque)\s+|l')(\w[^,;?]*?)-(?:t-)?(?:ils?|elles?)\b",
    re.IGNORECASE,
)
# "Does the board publish its minutes": a subject of its own between auxiliary and verb owns the pronoun behind it.
_AUXILIARY = "do|does|did|has|have|had|can|could|will|would|shall|should|must|may|might"
_ON = "of|for|with|in|on|at|to|about|from|under"  # "does the price of its battery": the subject is not at its end
_OWNER = re.compile(
    rf"\b(?:{_AUXILIARY})\s+(?:(?:the|an?|each|every|all|any|some|most|our|no)\s+\w+|(?!this\b)\w{{3,}}s)\b(?!\s+(?:{_ON})\b)"
    r"|\best-ce\s+qu(?:e\s+|')(?:(?:le|la|les|une?|des|notre|nos|chaque)\s+|l')\w+\b(?!\s+(?:de|du|des|pour)\b)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\b(?:its|their|theirs|his|hers?|son|sa|ses|leurs?)\b"
    r"|\b(?:if|when|after|before|because|once|while|until|unless|whether|that|si|quand|que)\s+"
    r"(?:it|they|he|she|ils?|elles?)\b|\b(?:lorsqu|qu|puisqu|dès qu|s)'(?:ils?|elles?)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*(?:and|but|or|so|then|also|why|how so|what about|how about|what else|more|et|mais|ou|alors|donc|aussi|pourquoi"
    r"|qu'en est-il|quoi d'autre|encore)\b",
    re.IGNORECASE,
)
# What goes on with a preposition asks the same of another case: "And in winter?" is still about the price.
_OF_ANOTHER_CASE = re.compile(
    r"^\W*(?:and|but|or|so|et|mais|ou|alors)\W+(?:for|in|at|on|from|to|with|without|during|under|before|after|by"
    r"|pour|à|au|aux|en|dans|sur|sous|chez|avec|sans|pendant|depuis|avant|après|par)\b",
    re.IGNORECASE,
)
_AUXILIARY_BEEN = re.compile(
    r"\b(a|ai|as|ont|avons|avez|avait|avaient|aura|auront|aurait|avoir)(-t-\w+)?\s+été\b", re.IGNORECASE
)
_HOW = re.compile(r"\bhow (?:long|old|tall|far|large|big|high|deep|often|fast|heavy|wide)\b", re.IGNORECASE)
_NOUN_AFTER = re.compile(r"(?:der|die|das|de[mns]|(?:k|m|d|s)?ein|ihr|unser|dies|jed|welch|viel|zu[mr]|[ai]m|vom|beim)")
# By kind of a name that a question brings, the kinds that it stands for: another company is asked about in the same year.
_REPLACES = {"name": ("name",), "number": ("number",), "code": ("code", "number")}
_ASKS = re.compile(f"[{ASKING}]")
# What people say to a person, and so to this: it asks nothing; then what stands beside it.
_COURTESY = re.compile(
    r"\b(?:thanks?|thx|hello|hi|hey|bye|goodbye|ok|okay|great|perfect|merci|bonjour|bonsoir|salut|au revoir|d'accord|parfait"
    r"|super|danke|dankeschön|dank|hallo|tschüss|prima|gracias|hola|adiós|genial|grazie|ciao|perfetto|obrigad[oa]|olá|bedankt"
    r"|hoi|tack|dziękuję|спасибо|привет|谢谢|ありがとう)\b"
)
_WITH_COURTESY = re.compile(
    r"\b(?:you|very|much|so|a lot|all|for|everything|again|there|that's it|beaucoup|bien|à|tous|pour|tout|vous|toi|vielen"
    r"|schön|sehr|dir|ihnen|muchas|mille|molto|muito|je|wel)\b"
)
_SURE = 0.7  # of the language of a conversation
_FEW_TERMS = 3  # from so many terms of its own on, a question may have a subject of its own
_MOST_CARRIED = 8
_LONGEST = 400  # characters of a rewritten question; a model that writes more has answered instead
_REWRITE = (
    "Rewrite the last question of this conversation so that it can be understood without the conversation. Replace "
    "pronouns by what they stand for, keep its language, and add nothing else. Reply with the question alone."
)


def standalone(question: str, before: Sequence[str]) -> str:
    """`question` with the topic of the questions `before` it, by rule.

    A question that points back, goes on or says too little for itself gets the names and numbers of the last
    standalone question, or all its terms when it has no name, when the question has no term of its own ("Since when?") and
    when it asks of another case ("And in winter?"); one that brings a name of its own ("What about Lyon?") gets
    the other terms instead, with names of another kind: "And in 2022?" is still about Boeing, "And its RAM?" about the
    ATmega16. Any other is left as it is: a new subject must not be searched under the old one.

    Args:
        before: the standalone questions so far, oldest first.
    """
    if not before:
        return question
    language = _language(question, before[-1])
    if not is_followup(question, language):
        return question
    own = terms(question, language)
    names, others = _topic(before[-1], language)
    is_told = any(letter.isalpha() for name in names for letter in name)  # a year alone is no subject
    asks_the_same = not own or _OF_ANOTHER_CASE.search(question)
    chosen = names if is_told and not asks_the_same else [*names, *others]
    if _has_name(question, language):
        replaced = {one for brought in _topic(question, language)[0] for one in _REPLACES[_kind(brought)]}
        chosen = [*(name for name in names if replaced and _kind(name) not in replaced), *others]
    carried = [word for word in chosen if not terms(word, language) <= own]
    return f"{question} ({' '.join(carried[:_MOST_CARRIED])})" if carried else question


def is_courtesy(line: str) -> bool:
    """Whether a line of a conversation says thanks, hello or goodbye, and nothing that could be searched."""
    said = line.lower().replace("’", "'")
    rest = _WITH_COURTESY.sub(" ", _COURTESY.sub(" ", said))
    return _COURTESY.search(said) is not None and re.search(rf"[\w{ASKING}]", rest) is None


def standalone_by_model(question: str, turns: Sequence[tuple[str, str]], generator: Generator) -> str | None:
    """`question` rewritten by a model that knows the `turns` (question, answer) before it; None when it did not manage.

    It did not where it answers, speaks of something else or asks again what was asked before: a rewriting asks, as the question
    does, with words of it or of what was talked about.
    """
    talk = "\n".join(f"Question: {asked}\nAnswer: {said[:_LONGEST]}" for asked, said in turns[-3:])
    messages = [Message("system", _REWRITE), Message("user", f"{talk}\nLast question: {question}")]
    try:
        text = "".join(generator.stream(messages, Sampling(max_tokens=80))).strip()
    except ModelError:
        return None  # the rule is at hand; the answer itself will say what ails the model
    line = printable(text.partition("\n")[0]).strip().strip('"“”«» ')
    asks = _ASKS.search(line) is not None or not _ASKS.search(question)
    said = terms(line, None)
    is_about = not said.isdisjoint(terms(f"{talk} {question}", None))
    is_another = not terms(question, None) <= said and any(said == terms(asked, None) for asked, _ in turns)
    return line if 0 < len(line) <= _LONGEST and asks and is_about and not is_another else None


def _language(question: str, before: str) -> str | None:
    """The language of a conversation, as far as `asking` knows it; None, which is English and French, unless sure."""
    from ragcli.reading.language import detect  # here: it loads a model

    return detect(f"{before} {question}", among=(*LANGUAGES, "en", "fr"), sure=_SURE)


def is_followup(question: str, language: str | None) -> bool:
    """Whether a question leans on what was said before: `And its price?`"""
    own = speech(language)
    if (own.goes_on if own else _GOES_ON).search(question):
        return True
    says_enough = len(terms(question, language)) >= _FEW_TERMS
    if _has_name(question, language):  # "When did Marie Curie get her prize?" points back to its own name
        return not says_enough and points_back(question, language)
    return not says_enough or points_back(question, language)


def points_back(question: str, language: str | None) -> bool:
    """Whether a word of a question may stand for something that was said before."""
    own = speech(language)
    return own.points_back.search(question) is not None if own else _points_back(question)


def _points_back(question: str) -> bool:
    """The same in English and French."""
    plain = question.strip().replace("’", "'")
    if owner := _OWN_SUBJECT.search(plain) or _OWNER.search(plain):
        plain = plain[: owner.end()] + _OWNED.sub(" ", plain[owner.end() :])
    return _POINTS_BACK.search(_OWN_SUBJECT.sub(r"\1\2", _POINTS_NOWHERE.sub(" ", plain))) is not None


def _has_name(question: str, language: str | None) -> bool:
    found = words(question)
    if language in NOUNS_ARE_CAPITAL:  # `Und in Lindau?`, and not `Und die Kaution?`
        found = [word for at, word in enumerate(found) if word.number or not _NOUN_AFTER.match(found[at - 1].key)]
    return any(word.name or word.number for word in found)


def _kind(name: str) -> str:
    if not any(map(str.isdigit, name)):
        return "name"
    return "code" if codes(name) or name[0].isalpha() else "number"  # `C1`, a grade, is no year


def _topic(question: str, language: str | None) -> tuple[list[str], list[str]]:
    """What a question is about: its names and numbers, and its other words that mean something; each in order."""
    # What an earlier rewriting carried comes first: it has been the subject for longer.
    head, _, carried = question.rstrip(")").partition(" (")
    head = _HOW.sub("", head)  # nobody talks of the length any more
    head = _AUXILIARY_BEEN.sub("", head.replace("’", "'"))  # elsewhere `été` is the summer
    names: dict[str, None] = {}
    others: dict[str, None] = {}
    for part in (carried, head):
        for at, word in enumerate(re.findall(r"[^\W_](?:[\w’'.-]*[^\W_])?", part)):
            if not terms(word, language):
                continue
            # The first word of a sentence is no name for its capital.
            is_name = any(c.isdigit() for c in word) or (word[0].isupper() and (at > 0 or part is carried))
            (names if is_name else others)[word] = None
    return list(names), list(others)
