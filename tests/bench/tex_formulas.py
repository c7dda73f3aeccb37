"""Formulas of many kinds, set by TeX in many classes and fonts: PDFs with known LaTeX, for `equations.py`.

    python tests/bench/tex_formulas.py FOLDER
    python tests/bench/equations.py FOLDER/.. --set NAME_OF_FOLDER

Needs pdflatex, xelatex and lualatex, with the usual packages. Text stands between the formulas; each fourth has a number.
"""

import argparse
import json
import re
import subprocess
from pathlib import Path

FORMULAS = (
    r"K = \begin{pmatrix} \frac{EA}{L} & -\frac{EA}{L} \\ -\frac{EA}{L} & \frac{EA}{L} \end{pmatrix}",
    r"\rho(x) = \begin{cases} e^{-1/x} & x > 0 \\ 0 & x \leq 0 \end{cases}",
    r"\begin{align*} E(X) &= \sum_{k} k P(X = k) \\ V(X) &= E(X^2) - E(X)^2 \end{align*}",
    r"\begin{bmatrix} \dot{x}_1 \\ \dot{x}_2 \end{bmatrix} = \begin{bmatrix} 0 & 1 \\ "
    r"-\omega^2 & 0 \end{bmatrix} \begin{bmatrix} x_1 \\ x_2 \end{bmatrix}",
    r"\left\{ \begin{array}{l} u_0 = 1 \\ u_{n+1} = \frac{1}{2} u_n + 3 \end{array} \right.",
    r"\det \begin{pmatrix} 1 & x \\ 1 & y \end{pmatrix} = y - x",
    r"I_n = \begin{pmatrix} 1 & 0 & \cdots & 0 \\ 0 & 1 & \cdots & 0 \\ "
    r"\vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \cdots & 1 \end{pmatrix}",
    r"\begin{align*} (1+x)^n &\geq 1 + nx \\ &> nx \end{align*}",
    r"\sum_{k=0}^{n} \binom{n}{k} = 2^n",
    r"\overline{A \cup B} = \overline{A} \cap \overline{B}",
    r"\widehat{\theta} = \arg\max_{\theta} L(\theta)",
    r"\frac{d}{dt} \left( \frac{\partial L}{\partial \dot{q}} \right) - \frac{\partial L}{\partial q} = 0",
    r"\| u + v \| \leq \| u \| + \| v \|",
    r"f(x) = \sum_{n=0}^{\infty} \frac{f^{(n)}(a)}{n!} (x - a)^n",
    r"\begin{align*} a &= b + c & d &= e + f \\ g &= h & i &= j + k \end{align*}",
    r"\left( \begin{array}{ccc|c} 1 & 2 & -1 & 4 \\ 0 & 3 & 2 & 1 \\ 0 & 0 & 5 & -2 \end{array} \right) \sim B",
    r"\begin{vmatrix} x & y & 1 \\ x_1 & y_1 & 1 \\ x_2 & y_2 & 1 \end{vmatrix} = 0",
    r"\max(a, b) = \begin{cases} a & \text{if } a \geq b \\ b & \text{otherwise} \end{cases}",
    r"S = \left\{ (x, y) \in \mathbb{R}^2 : x^2 + y^2 = 1 \right\}",
    r"\int_0^{\pi} \sin x \, dx = \left[ -\cos x \right]_0^{\pi} = 2",
    r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
    r"\vec{u} \cdot \vec{v} = u_1 v_1 + u_2 v_2",
    r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    r"\begin{pmatrix} a \\ b \\ c \end{pmatrix} \times \begin{pmatrix} d \\ e \\ "
    r"f \end{pmatrix} = \begin{pmatrix} bf - ce \\ cd - af \\ ae - bd \end{pmatrix}",
    r"\prod_{i=1}^{n} \left( 1 + \frac{x_i}{n} \right) \leq e^x",
    r"\begin{align*} \text{minimise} \quad & c^T x \\ \text{subject to} \quad & A x \leq b \end{align*}",
    r"\tau = \inf \{ t > 0 : B_t \notin D \}",
    r"A = \left( a_{ij} \right)_{1 \leq i, j \leq n}",
    r"\cosh^2 x - \sinh^2 x = 1",
    r"\left\{ \begin{array}{rcrcr} x & + & 2y & = & 3 \\ 4x & - & y & = & 0 \end{array} \right. \iff x = \frac{1}{3}",
    r"\delta_{ij} = \begin{cases} 1 & i = j \\ 0 & i \neq j \end{cases}",
    r"\Phi = \begin{bmatrix} 1 & x_1 & x_1^2 \\ \vdots & \vdots & \vdots \\ 1 & x_N & x_N^2 \end{bmatrix}",
)
TEXT = (
    "The discharge of a river follows from its level by the rating curve of the station, which is measured anew each year "
    "when the ice has gone and the bed of the river has moved.",
    "It is easy to see that this holds for every wide channel with a slope that is small, so that the following may be "
    "written down by anyone who knows the rules of the game:",
    "Where the letters stand for the discharge, the area, the roughness and the slope, as usual in this valley, and nothing "
    "else has to be known about the state of the ground.",
)
SETTINGS = {  # engine, class, its options, preamble
    "cm10": ("pdflatex", "article", "10pt", ""),
    "cm11": ("pdflatex", "article", "11pt", r"\usepackage[T1]{fontenc}"),
    "cm12": ("pdflatex", "book", "12pt", ""),
    "amsart": ("pdflatex", "amsart", "11pt,leqno", ""),
    "memoir": ("pdflatex", "memoir", "10pt", ""),
    "beamer": ("pdflatex", "beamer", "11pt", ""),
    "lm10": ("pdflatex", "article", "10pt,twocolumn", r"\usepackage[T1]{fontenc}\usepackage{lmodern}"),
    "lm12": ("pdflatex", "report", "12pt", r"\usepackage[T1]{fontenc}\usepackage{lmodern}"),
    "tx": ("pdflatex", "article", "10pt", r"\usepackage{txfonts}"),
    "px": ("pdflatex", "article", "11pt", r"\usepackage{pxfonts}"),
    "pazo": ("pdflatex", "scrartcl", "11pt", r"\usepackage{mathpazo}\linespread{1.1}"),
    "ptmx": ("pdflatex", "article", "10pt,twocolumn", r"\usepackage{mathptmx}"),
    "fleqn": ("pdflatex", "article", "12pt,fleqn", r"\usepackage{mathptmx}"),
    "lmmath": ("lualatex", "article", "11pt", r"\usepackage{unicode-math}"),
    "koma": ("lualatex", "scrreprt", "12pt", r"\usepackage{unicode-math}"),
    "dejavu": ("lualatex", "article", "10pt", r"\usepackage{unicode-math}\setmathfont{DejaVu Math TeX Gyre}"),
    "xelm": ("xelatex", "article", "10pt", r"\usepackage{unicode-math}"),
}


def source(name: str) -> str:
    """The document of a setting; slides have three formulas each."""
    _, kind, options, preamble = SETTINGS[name]
    parts = [rf"\documentclass[{options}]{{{kind}}}\usepackage{{amsmath}}"]
    if not re.search("unicode-math|[tp]xfonts", preamble) and kind != "beamer":
        parts.append(r"\usepackage{amssymb}")
    parts += [preamble, r"\begin{document}"]
    for number, formula in enumerate(FORMULAS):
        if kind == "beamer" and number % 3 == 0:
            parts.append((r"\end{frame}" if number else "") + r"\begin{frame}{The rating curve of a station}")
        parts.append("So this may be written down:" if kind == "beamer" else TEXT[number % 3])
        environment = "equation" if number % 4 == 1 else "equation*"
        is_display = formula.startswith(r"\begin{align")
        parts.append(formula if is_display else rf"\begin{{{environment}}}{formula}\end{{{environment}}}")
    return "\n".join([*parts, r"\end{frame}" * (kind == "beamer"), r"\end{document}"])


def main(folder: Path) -> None:
    """Write and set each document, and the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    truths = []
    for name, (engine, *_) in SETTINGS.items():
        (folder / f"{name}.tex").write_text(source(name), encoding="utf-8")
        command = [engine, "-interaction=nonstopmode", f"{name}.tex"]
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
        for formula in FORMULAS:
            truths.append({"file": f"{name}.pdf", "latex": re.sub(r"\\(?:begin|end)\{align\*\}", "", formula).strip()})
    (folder / "equations.jsonl").write_text("\n".join(map(json.dumps, truths)), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    main(parser.parse_args().folder)
