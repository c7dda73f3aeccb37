"""What a person sees while an answer is generated: what leaves the machine, the sources, then the text; all on stderr."""

import sys
from typing import TYPE_CHECKING

from ragcli.cli.output import say
from ragcli.counted import counted
from ragcli.shown import place_of

if TYPE_CHECKING:
    from ragcli.answering.generate import Watcher
    from ragcli.answering.llm.generator import Generator
    from ragcli.answering.prompt import Prompt


def watcher(*, live: bool) -> "Watcher":
    """Show the growing answer when `live`; say what leaves the machine in any case, however quiet the rest is."""
    from ragcli.answering.generate import Watcher

    def on_followup(generator: "Generator") -> None:
        if generator.destination:
            say(f"to {generator.destination}: the last questions and answers, to understand this one")

    def on_prompt(asked: "Prompt", generator: "Generator") -> None:
        if generator.destination:
            say(leaving(asked, generator.destination))
        if live:
            # Without numbers: those by which /open and the citations go come with the answer.
            say(*dict.fromkeys(f"reads {place_of(hit.path, hit.page, hit.place)}" for hit in asked.hits))

    def on_text(piece: str) -> None:
        if live:
            print(piece, end="", file=sys.stderr, flush=True)

    return Watcher(on_followup, on_prompt, on_text)


def leaving(asked: "Prompt", host: str) -> str:
    """One sentence: what of the user's goes where."""
    passages = counted(len(asked.hits), "passage")
    characters = sum(len(message.content) for message in asked.messages)
    files = ", ".join(sorted({hit.path.rpartition("/")[2] for hit in asked.hits}))
    return f"to {host}: the question and {passages} of {files} ({characters:,} characters)"
