"""Display formulas of PDFs: found, structurally right, refused?

    python tests/bench/equations.py /path/to/extraction_truth [--set latex_fr] [--show]

Truth is the LaTeX that the PDFs were made from: `<set>/equations.jsonl`. A formula counts as found when a region has its
letters and figures; as right when its LaTeX is that of the truth, once both are written in one way: without spacing,
without the size of delimiters, macros spelt out, text and letters alike. What differs in a single index is wrong.
"""

import argparse
import json
import re
import time
from collections import defaultdict
from pathlib import Path

from rapidfuzz.fuzz import partial_ratio, ratio
from tables import markdown, spread

from ragcli.reading.equations import equation_score, find_equations
from ragcli.reading.lean_pymupdf import pymupdf
from ragcli.reading.math_symbols import FUNCTIONS
from ragcli.reading.pdf_content import Content, lines_of
from ragcli.records import Block

FOUND = 70.0  # of 100: likeness of letters and figures, from which a region is the formula's
SAME = {  # the many names of one sign
    r"\le": r"\leq", r"\ge": r"\geq", r"\leqslant": r"\leq", r"\geqslant": r"\geq", r"\rightarrow": r"\to",
    r"\longrightarrow": r"\to", r"\iff": r"\Leftrightarrow", r"\Longleftrightarrow": r"\Leftrightarrow",
    r"\implies": r"\Rightarrow", r"\Longrightarrow": r"\Rightarrow", r"\ne": r"\neq", r"\dfrac": r"\frac",
    r"\tfrac": r"\frac", r"\cfrac": r"\frac", r"\lbrace": r"\{", r"\rbrace": r"\}", r"\mid": "|", r"\vert": "|", r"\lvert": "|",
    r"\rvert": "|", r"\Vert": r"\|", r"\lVert": r"\|", r"\rVert": r"\|", r"\prime": "'",
    r"\dots": r"\ldots", r"\dotsc": r"\ldots",
    r"\dotsb": r"\cdots", r"\epsilon": r"\varepsilon", r"\colon": ":", r"\ast": "*", r"\longmapsto": r"\mapsto",
    r"\bot": r"\perp", r"\phi": r"\varphi", r"\varnothing": r"\emptyset", r"\ii": "i", r"\e": "e", r"\dd": "d",
    r"\Nn": r"\mathbb{N}", r"\Zz": r"\mathbb{Z}", r"\Qq": r"\mathbb{Q}", r"\Rr": r"\mathbb{R}", r"\Cc": r"\mathbb{C}",
    r"\Kk": r"\mathbb{K}", r"\Re": "Re", r"\Im": "Im", r"\Prob": r"\mathbb{P}", r"\pgcd": "pgcd", r"\ppcm": "ppcm",
}  # fmt: skip
GONE = (
    r"\left", r"\right", r"\big", r"\Big", r"\bigg", r"\Bigg", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr", r"\quad", r"\qquad",
    r"\,", r"\;", r"\:", r"\!", r"\ ", r"\displaystyle", r"\limits", r"\nolimits", r"\nonumber", r"\rm", r"\it", "~", "&",
    r"\notag", r"\scriptstyle", r"\color", r"\bf",
)  # fmt: skip
UNWRAPPED = re.compile(
    r"\\(?:text|textrm|mathrm|operatorname\*?|mbox|mathit|mathop|boxed|textcolor\{\w+\}|color\{\w+\}|si|SI)\s*(?=\{)"
)
TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|[^\s]")
ROWS = re.compile(r"\\begin|\\stackrel|\\xrightarrow|tikz|\\binom|\\over|\\under|\\hat|\\bar|\\tilde|\\vec|\\dot|\\mat")


def plain(latex: str) -> str:
    """One way to write a formula, as text without spaces."""
    latex = re.sub(r"\\pmod\s*(?:\{([^{}]*)\}|(\w))", r"(mod \1\2)", latex)
    latex = re.sub(r"\\(?:begin|end)\{(?:aligned|align\*?|split|gathered|array)\}(?:\{[rlc]*\})?", "", latex)
    latex = re.sub(r"\\frac\s*(\d)\s*(\w)", r"\\frac{\1}{\2}", latex)
    latex = re.sub(r"\{!\}", "!", latex)
    latex = re.sub(r"\{\\mathbb (\w)\}", r"\\mathbb{\1}", latex)
    latex = re.sub(r"\\(?:label|tag|ref)\{[^}]*\}|\\(?:hspace|vspace)\*?\{[^}]*\}", "", latex)
    latex = UNWRAPPED.sub("", latex)
    tokens = [SAME.get(token, token) for token in TOKEN.findall(latex) if token not in GONE]
    tokens = TOKEN.findall(" ".join(tokens))
    tokens = [
        token.lstrip("\\") if re.fullmatch(r"\\[a-z]{2,6}", token) and token.lstrip("\\") in NAMES else token
        for token in tokens
    ]
    text = "".join(tokens).replace(r"\\", "")
    text = re.sub(r"([_^])([A-Za-z0-9'*+\-]|\\[a-zA-Z]+)(?![A-Za-z{]*\{)", r"\1{\2}", text)  # x^2 is x^{2}
    text = re.sub(r"\^\{'+\}", lambda found: "'" * found[0].count("'"), text)
    previous = ""
    while previous != text:  # braces that only group
        previous, text = text, re.sub(r"(?<![_^}a-zA-Z\\])\{([^{}]*)\}", r"\1", text)
    text = text.replace(r"\mathbf", "").rstrip(".,;")
    return re.sub(r"\\frac(\d)(\d)", r"\\frac{\1}{\2}", text)


NAMES = FUNCTIONS


def letters(latex: str) -> str:
    """Letters and figures of a formula, in order."""
    return re.sub(r"\\[a-zA-Z]+|[^0-9A-Za-z=+]", "", UNWRAPPED.sub("", latex))


def measure(folder: Path, show: bool) -> None:
    """Print a row for a set."""
    truths = defaultdict(list)
    for line in (folder / "equations.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        truths[truth["file"]].append(truth["latex"])
    total = found = right = wrong = refused = kept = kept_found = regions = 0
    seconds: list[float] = []
    for file, wanted in truths.items():
        blocks: list[tuple[Block, float]] = []
        for page in pymupdf.open(folder / file):
            score = equation_score(lines_of(Content(page).text()))
            start = time.perf_counter()
            blocks += [(block, score) for block in find_equations(page)]
            seconds.append(time.perf_counter() - start)
            kept += score > 0
        regions += len(blocks)
        free = list(range(len(blocks)))
        for latex in wanted:
            total += 1
            likeness = {
                n: max(_like(latex, blocks[n][0].text), ratio(plain(latex), plain(blocks[n][0].latex))) for n in free
            }
            best = max(likeness, key=lambda n: likeness[n], default=None)
            if best is None or likeness[best] < FOUND:
                if show:
                    print(f"NOT FOUND {file}: {latex}")
                continue
            block, score = blocks[best]
            free.remove(best)
            found += 1
            kept_found += score > 0
            if not block.latex:
                refused += 1
                if show and not ROWS.search(latex):
                    print(f"REFUSED {file}: {latex}\n    {block.text!r}")
            elif plain(block.latex) == plain(latex):
                right += 1
            else:
                wrong += 1
                if show:
                    print(f"WRONG {file}: {plain(latex)}\n      {plain(block.latex)}")
    rows = [
        [folder.name, total, found, right, refused, wrong, regions, kept_found, spread([1000 * s for s in seconds], 0)]
    ]
    head = ["set", "formulas", "found", "right", "refused", "wrong", "regions", "found on pages kept", "ms a page"]
    print(markdown(head, rows))


def _like(latex: str, text: str) -> float:
    wanted, got = letters(latex), letters(text)
    return partial_ratio(wanted, got) if wanted and len(got) >= 0.6 * len(wanted) else ratio(wanted, got)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", action="append", dest="sets")
    parser.add_argument("--show", action="store_true", help="what was not found, refused, wrong")
    arguments = parser.parse_args()
    for name in arguments.sets or ("latex_fr", "latex_en_de", "joss_md"):
        measure(arguments.folder / name, arguments.show)
