"""Pictures within the terminal, where it is known to show them: kitty's protocol and iTerm2's."""

import base64
import os
import sys
from typing import Literal

Protocol = Literal["kitty", "iterm"]
_PIECE = 4096  # bytes of base64 in one escape sequence, kitty's limit


def protocol() -> Protocol | None:
    """How stdout shows pictures; None when it is no terminal, or none that is known to."""
    variables = os.environ
    terminal, program = variables.get("TERM", ""), variables.get("TERM_PROGRAM", "")
    if not sys.stdout.isatty() or "TMUX" in variables or terminal.startswith(("screen", "tmux", "dumb")):
        return None
    if terminal in ("xterm-kitty", "xterm-ghostty") or "KITTY_WINDOW_ID" in variables:
        return "kitty"
    if program in ("iTerm.app", "WezTerm", "mintty") or variables.get("LC_TERMINAL") == "iTerm2":
        return "iterm"
    return None


def inline(png: bytes, how: Protocol) -> str:
    """The escape sequences that show a PNG at the cursor."""
    data = base64.b64encode(png).decode()
    if how == "iterm":
        return f"\033]1337;File=inline=1;size={len(png)};width=100%:{data}\a"
    pieces = [data[start : start + _PIECE] for start in range(0, len(data), _PIECE)]
    heads = ["a=T,f=100,m=1", *["m=1"] * (len(pieces) - 1)]
    heads[-1] = heads[-1].replace("m=1", "m=0")
    return "".join(f"\033_G{head};{piece}\033\\" for head, piece in zip(heads, pieces, strict=True))
