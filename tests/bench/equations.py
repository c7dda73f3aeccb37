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
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz.fuzz import partial_ratio, ratio
from tables import markdown, spread

from ragcli.reading.equations.display import equation_score, find_equations
from ragcli.reading.fonts.math_symbols import FUNCTIONS
from ragcli.reading.mupdf.content import Content, lines_of
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Block

FOUND = 70.0  # of 100: likeness of letters and figures, from which a region is the formula's
SAME = {  # the many names of one sign
    r"\le": r"\leq", r"\ge": r"\geq", r"\leqslant": r"\leq", r"\geqslant": r"\geq", r"\rightarrow": r"\to",
    r"\longrightarrow": r"\to", r"\iff": r"\Leftrightarrow", r"\Longleftrightarrow": r"\Leftrightarrow",
    r"\implies": r"\Rightarrow", r"\Longrightarrow": r"\Rightarrow", r"\ne": r"\neq", r"\dfrac": r"\frac",
    r"\tfrac": r"\frac", r"\cfrac": r"\frac", r"\lbrace": r"\{", r"\rbrace": r"\}", r"\mid": "|", r"\vert": "|", r"\lvert": "|",
    r"\rvert": "|", r"\Vert": r"\|", r"\lVert": r"\|", r"\rVert": r"\|", r"\prime": "'",
    r"\dots": r"\ldots", r"\dotsc": r"\ldots",
    r"\dotsb": r"\cdots", r"\widehat": r"\hat", r"\widetilde": r"\tilde", r"\iint": r"\int\int", r"\kilo": "k", r"\hertz": "Hz",
    r"\epsilon": r"\varepsilon", r"\colon": ":", r"\ast": "*", r"\longmapsto": r"\mapsto",
    r"\bot": r"\perp", r"\phi": r"\varphi", r"\varnothing": r"\emptyset", r"\ii": "i", r"\e": "e", r"\dd": "d",
    r"\transpose": r"\top",
    r"\Nn": r"\mathbb{N}", r"\Zz": r"\mathbb{Z}", r"\Qq": r"\mathbb{Q}", r"\Rr": r"\mathbb{R}", r"\Cc": r"\mathbb{C}",
    r"\Kk": r"\mathbb{K}", r"\Re": "Re", r"\Im": "Im", r"\Prob": r"\mathbb{P}", r"\pgcd": "pgcd", r"\ppcm": "ppcm",
}  # fmt: skip
GONE = (
    r"\left", r"\right", r"\big", r"\Big", r"\bigg", r"\Bigg", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr", r"\quad", r"\qquad",
    r"\,", r"\;", r"\:", r"\!", r"\ ", r"\displaystyle", r"\limits", r"\nolimits", r"\nonumber", r"\rm", r"\it", "~", "&",
    r"\notag", r"\scriptstyle", r"\color", r"\bf",
)  # fmt: skip
UNWRAPPED = re.compile(
    r"\\(?:text|textrm|mathrm|operatorname\*?|[mh]box|mathit|mathop|boxed|textcolor\{\w+\}|color\{\w+\}|si|SI)\s*(?=\{)"
)
TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|[^\s]")
ROWS = re.compile(r"\\begin|\\stackrel|\\xrightarrow|tikz|\\binom|\\over|\\under|\\hat|\\bar|\\tilde|\\vec|\\dot|\\mat")


def plain(latex: str) -> str:
    """One way to write a formula, as text without spaces."""
    latex = re.sub(r"\\(?:label|tag|ref|tikzmark|phantom)\{[^}]*\}|\\(?:hspace|vspace)\*?\{[^}]*\}", "", latex)
    latex = re.sub(r"\\(left|right)\s*\.", "", _grids(latex))
    latex = re.sub(r"\\pmod\s*(?:\{([^{}]*)\}|(\w))", r"(mod \1\2)", latex)
    latex = re.sub(r"\\(?:begin|end)\{(?:aligned|align\*?|split|gathered|array)\}(?:\{[rlc]*\})?", "", latex)
    latex = UNWRAPPED.sub("", latex)
    tokens = [SAME.get(token, token) for token in TOKEN.findall(latex) if token not in GONE]
    tokens = TOKEN.findall(" ".join(tokens))
    tokens = [
        token.lstrip("\\") if re.fullmatch(r"\\[a-z]{2,6}", token) and token.lstrip("\\") in NAMES else token
        for token in tokens
    ]
    text = "".join(_written([token for token in tokens if token not in (r"\\", "$")]))
    return text.replace("...", r"\ldots").rstrip(".,;")


def _written(tokens: list[str]) -> Iterator[str]:
    """The parts of a formula with braces where something takes what they hold, and nowhere else; takes from the list."""
    scripts: dict[str, str] = {}
    while tokens:
        token = tokens.pop(0)
        if token in "_^":
            argument = "".join(_argument(tokens))
            if set(argument) == {"'"}:
                yield argument
            elif argument:
                scripts[token] = f"{token}{{{argument}}}"
            continue
        yield from (scripts.pop(mark) for mark in "_^" if mark in scripts)
        if token == "}":
            return
        if token == "{":
            yield from _written(tokens)
        elif token == r"\mathbf":
            yield from _argument(tokens)
        else:
            yield token
            for _ in range(TAKES.get(token, 0)):
                yield "{" + "".join(_argument(tokens)) + "}"
    yield from (scripts[mark] for mark in "_^" if mark in scripts)


def _argument(tokens: list[str]) -> Iterator[str]:
    if not tokens:
        return
    token = tokens.pop(0)
    if token == "{":
        yield from _written(tokens)
        return
    yield token
    for _ in range(TAKES.get(token, 0)):
        yield "{" + "".join(_argument(tokens)) + "}"


TAKES = {r"\frac": 2, r"\binom": 2} | dict.fromkeys(
    (r"\begin", r"\end", r"\sqrt", r"\mathbb", r"\mathcal", r"\overline", r"\overrightarrow", r"\hat", r"\bar", r"\vec",
     r"\tilde", r"\dot", r"\ddot"), 1
)  # fmt: skip
NAMES = FUNCTIONS
DOTS = re.compile(r"\\dots(?![a-z])")  # low or in the middle, as amsmath sees fit
GRIDS = {r"\{": "cases", "(": "pmatrix", "[": "bmatrix", "|": "vmatrix"}  # what an array is within delimiters
ARRAY = re.compile(
    r"\\left\s*(\\\{|\\lbrace|[(\[|])\s*\\begin\{(array|aligned|matrix)\}\s*(?:\{(?:[^{}]|\{[^{}]*\})*\})?"
    r"((?:(?!\\begin|\\end).)*)\\end\{\2\}\s*\\right\s*[)\]|.]"
)
GRID = re.compile(r"\\begin\{(cases|[pbvVB]matrix)\}((?:(?!\\begin).)*?)\\end\{\1\}")


def _grids(latex: str) -> str:
    """Arrays within delimiters as matrices and cases, whose rows and columns count: `⏎` and `⁞` stand for them."""

    def named(found: re.Match[str]) -> str:
        name = GRIDS[found[1].replace("lbrace", "{")]
        return rf"\begin{{{name}}}{found[3]}\end{{{name}}}"

    def cut(found: re.Match[str]) -> str:
        mark = "" if found[1] == "cases" else "⁞"
        rows = [re.sub("[⁞ ]+$", "", row.replace(r"\&", "\0").replace("&", mark)) for row in ROW.split(found[2])]
        return rf"\Begin{{{found[1]}}} {'⏎'.join(rows).strip('⏎ ')} \End{{{found[1]}}}".replace("\0", r"\&")

    previous = ""
    while previous != latex:  # the innermost first: what is done begins otherwise
        previous, latex = latex, GRID.sub(cut, ARRAY.sub(named, latex))
    return latex.replace(r"\Begin", r"\begin").replace(r"\End", r"\end")


NEW_ROW = re.compile(r"\\\\")
ROW = re.compile(r"\\\\(?:\s*\[[^\]]*\])?")


def _is_same(read: str, latex: str) -> bool:
    truths = (plain(form.replace(r"\ref{", r"⟨\ref{")) for form in (latex, DOTS.sub(r"\\cdots", latex)))
    return any(re.fullmatch(re.escape(truth).replace("⟨", r"[\d.]+"), read) for truth in truths)


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
        used: set[int] = set()
        for latex in wanted:
            total += 1
            likeness = {
                run: max(_like(latex, block.text), ratio(plain(latex), plain(block.latex)))
                for run, (block, _) in _runs(blocks, len(NEW_ROW.findall(latex))).items()
                if used.isdisjoint(run)
            }
            best = max(likeness, key=lambda run: likeness[run], default=None)
            if best is None or likeness[best] < FOUND:
                if show:
                    print(f"NOT FOUND {file}: {latex}")
                continue
            block, score = _runs(blocks, len(best))[best]
            used.update(best)
            found += 1
            kept_found += score > 0
            if not block.latex:
                refused += 1
                if show and not ROWS.search(latex):
                    print(f"REFUSED {file}: {latex}\n    {block.text!r}")
            elif _is_same(plain(block.latex), latex):
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


def _runs(blocks: Sequence[tuple[Block, float]], longest: int) -> dict[range, tuple[Block, float]]:
    """Each block, and those that follow each other with a number each: an aligned display is a formula for each number."""
    runs = {range(n, n + 1): block for n, block in enumerate(blocks)}
    for n in range(len(blocks)):
        for end in range(n + 2, min(n + longest + 1, len(blocks)) + 1):
            if not (blocks[end - 1][0].label and blocks[n][0].label):
                break
            parts = [block for block, _ in blocks[n:end]]
            latex = " ".join(block.latex for block in parts) if all(block.latex for block in parts) else ""
            runs[range(n, end)] = Block(" ".join(b.text for b in parts), "equation", latex=latex), blocks[n][1]
    return runs


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
