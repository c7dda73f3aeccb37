"""What a question asks, without the names of the documents that it asks it of: `When does the Agreement expire?`"""

import re
from collections.abc import Callable

_INITIAL = re.compile(r"[A-Z]\.")
_JOINS = re.compile(
    r"between|and|of|with|by|from|to|for|in|under|at|entre|et|de|du|des|avec|par|pour|chez|zwischen|und|von|mit|y|con|e|com|tra"
    r"|del|della|di|da|van|en|met"
)


def without(question: str, is_name: Callable[[str], bool]) -> str:
    """The question without the words that are names, and without those that only join to them: `between X and Y`.

    A capitalised word behind a name goes on with it: of `of Northwind's Agreement` stays `of Agreement`.
    """
    kept: list[str] = []
    is_before_name = False
    ending = ""  # of a sentence, which may be behind a name: what follows begins another
    for word in reversed(question.split()):
        goes_on = bool(kept) and not ending and kept[-1][:1].isupper()
        joins = is_before_name and (_INITIAL.fullmatch(word) or (_JOINS.fullmatch(word) and not goes_on))
        if is_name(word) or joins:
            is_before_name = True
            if kept and word[-1] in ".?!" and not _INITIAL.fullmatch(word):
                ending = word[-1]
        else:
            kept.append(word if word.endswith(ending) else word + ending)
            is_before_name, ending = False, ""
    return " ".join(reversed(kept))
