"""What a claim may leave out of a sentence of the sources, whatever the rest of it says.

Each rule must be unable to err, so there are few, and but one for a sentence with a word of `GUARDS` in it. On cuts that a
writer might make these looked harmless and were not: a place ("In Australia, the product was withdrawn"), a date ("In 1851,
the town has 900 houses"), a purpose or person ("They arranged for Israel to pull back"), a bracket ("The museum is open daily
(closed on Mondays)"), the rest of an enumeration ("Its colours are red and white"), a relative clause that seems to end
where a list goes on ("directed by Davison, who stars alongside McCoy, Baker and McGann").
"""

from collections.abc import Sequence

from ragcli.answering.words import ASIDES, GUARDS, Grammar, Word

_DELIMITERS = frozenset(",;:()[]—–.!?…|")
_SHORTEST_ACRONYM = 2
_SMALL = frozenset(("of", "and", "for", "in", "on", "to", "de", "du", "des", "d", "et", "en", "pour", "à", "au", "aux"))


def is_guarded(there: Sequence[Word], grammar: Grammar) -> bool:
    """Whether a sentence says "not", "if", "said that", "all" or "the largest", which may reach over all of it."""
    return any(word.key in GUARDS or (word.key.endswith(grammar.superlative) and len(word.key) > 4) for word in there)


def may_skip(there: Sequence[Word], start: int, end: int, grammar: Grammar | None) -> bool:
    """Whether the words from `start` up to `end`, where the claim goes on or the sentence ends, can be left out.

    Args:
        grammar: None where the sentence is guarded, or in a language whose guards are not known.
    """
    while start < end:
        behind = _acronym(there, start)
        if behind is None and grammar is not None:
            behind = _link(there, start, grammar) or _aside(there, start, grammar)
        if behind is None and there[start].free:
            behind = start + 1
        if behind is None:
            return False
        start = behind
    return start == end


def may_end(there: Sequence[Word], path: Sequence[int], grammar: Grammar | None) -> bool:
    """Whether what stands behind the last word of `path` can be left out."""
    start = path[-1] + 1
    return may_skip(there, start, len(there), grammar) or (grammar is not None and _ends(there, path, start, grammar))


def delimits(word: Word) -> bool:
    """Whether punctuation stands before `word`."""
    return any(character in _DELIMITERS for character in word.before) or " - " in word.before


def _acronym(there: Sequence[Word], at: int) -> int | None:
    """The position behind " (UVF)", where the words before begin with these letters."""
    letters = there[at].key
    before, behind = there[at].before, there[at + 1].before if at + 1 < len(there) else ") "
    is_bracket = before.endswith("(") and before[:-1].isspace() and behind.startswith(")") and behind != ")"
    if not is_bracket or len(letters) < _SHORTEST_ACRONYM:
        return None
    spelt = [word.key for word in there[:at] if not word.free]
    initials = ("".join(word[0] for word in some) for some in (spelt, [word for word in spelt if word not in _SMALL]))
    return at + 1 if any(one.endswith(letters) for one in initials) else None


def _link(there: Sequence[Word], at: int, grammar: Grammar) -> int | None:
    return at + 1 if there[at].key in grammar.links else None


def _aside(there: Sequence[Word], at: int, grammar: Grammar) -> int | None:
    """The position behind ", which stands in Paris,", at a verb: else it may have ended later, in the midst of a list.

    Of a name, or in the past: "students, who cheat, are expelled" is written for "students who cheat".
    """
    if at == 0 or "," not in there[at].before or there[at].key not in ASIDES:
        return None
    end = next((to for to in range(at + 1, len(there)) if delimits(there[to])), None)
    if end is None or there[end].before.strip() != ",":
        return None
    is_past = there[end].key in grammar.past
    return end if is_past or (there[end].key in grammar.present and there[at - 1].name) else None


def _ends(there: Sequence[Word], path: Sequence[int], start: int, grammar: Grammar) -> bool:
    """Whether at `start` a relative clause goes on to the end, or a clause of its own begins."""
    rest = there[start:]
    if rest[0].key in ASIDES and "," in rest[0].before:
        goes_on = any(delimits(word) or word.key == grammar.conjunction for word in rest[1:])
        return not goes_on and (any(there[at].key in grammar.past for at in path) or there[path[-1]].name)
    if rest[0].key != grammar.conjunction or len(rest) < 3 or any(there[at].key in ASIDES for at in path):
        return False
    is_subject = rest[1].key in grammar.pronouns and not delimits(rest[2])
    is_clause = is_subject or rest[1].key in grammar.verbs
    return is_clause and any(there[at].key in grammar.verbs for at in path)
