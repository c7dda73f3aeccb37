"""Formulas of Word and of the web as LaTeX, and none rather than a wrong one."""

from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.equations.markup import Element, formula


def element(source: str) -> Element:
    def made(node: Any) -> Element:
        facts = {name.removeprefix("m:"): value for name, value in node.attrib.items()}
        return Element(node.tag, facts, tuple(map(made, node)), node.text or "")

    return made(ElementTree.fromstring(source))


def run(text: str) -> str:
    return f"<r><t>{text}</t></r>"


FRACTION = f"<f><num>{run('V')}</num><den>{run('t')}</den></f>"
SUM = (
    f"<nary><naryPr><chr val='∑'/></naryPr><sub>{run('i=1')}</sub><sup>{run('n')}</sup>"
    f"<e><sSub><e>{run('x')}</e><sub>{run('i')}</sub></sSub></e></nary>"
)


@pytest.mark.parametrize(
    ("markup", "latex"),
    [
        (run("Q=") + FRACTION, r"Q=\frac{V}{t}"),
        (f"<sSup><e>{run('x')}</e><sup>{run('2')}</sup></sSup>{run('≤α')}", r"x^{2}\leq\alpha"),
        (SUM, r"\sum_{i=1}^{n}x_{i}"),
        (f"<rad><radPr><degHide val='1'/></radPr><deg/><e>{run('a+b')}</e></rad>", r"\sqrt{a+b}"),
        (f"<rad><deg>{run('3')}</deg><e>{run('a')}</e></rad>", r"\sqrt[3]{a}"),
        (f"<d><e>{FRACTION}</e></d>", r"\left(\frac{V}{t}\right)"),
        (f"<d><dPr><begChr val='['/><endChr val=']'/></dPr><e>{run('a')}</e></d>", "[a]"),
        (f"<d><dPr><begChr val='{{'/><endChr val=''/></dPr><e><eqArr><e>{run('a')}</e><e>{run('b')}</e></eqArr></e></d>",
         r"\left\{\begin{aligned} a \\ b \end{aligned}\right."),
        (f"<func><fName><limLow><e>{run('lim')}</e><lim>{run('x→0')}</lim></limLow></fName><e>{run('f')}</e></func>",
         r"\lim_{x\to0}f"),
        (f"<func><fName>{run('sin')}</fName><e>{run('θ')}</e></func>", r"\sin\theta"),
        (f"<acc><e>{run('x')}</e></acc>", r"\hat{x}"),
        (f"<acc><accPr><chr val='\u20d1'/></accPr><e>{run('A')}</e></acc>", r"\vec{A}"),
        (f"<acc><accPr><chr val='\u20d0'/></accPr><e>{run('A')}</e></acc>", r"\overset{\leftharpoonup}{A}"),
        (f"<acc><accPr><chr val='\u20e1'/></accPr><e>{run('AB')}</e></acc>", r"\overleftrightarrow{AB}"),
        (f"<acc><accPr><chr val='\u20db'/></accPr><e>{run('x')}</e></acc>", r"\dddot{x}"),
        ("<r><lastRenderedPageBreak/><t>a</t></r><bookmarkStart/><r><br/><t>~b∙c</t></r>", r"a\sim b\bullet c"),
        (run("F~сила"), r"F\sim\text{сила}"),
        (f"<m><mr><e>{run('1')}</e><e>{run('0')}</e></mr><mr><e>{run('0')}</e><e>{run('1')}</e></mr></m>",
         r"\begin{matrix} 1 & 0 \\ 0 & 1 \end{matrix}"),
        (f"<nary><naryPr><chr val='∬'/></naryPr><sub>{run('S')}</sub><sup/><e>{run('x')}</e></nary>", r"\iint_{S}x"),
        (run("∠A=90°"), r"\angle A=90^\circ"),
        (run("α") + run("x"), r"\alpha x"),
        (f"<sSup><e>{run('ab')}</e><sup>{run('2')}</sup></sSup>", "{ab}^{2}"),
    ],
)  # fmt: skip
def test_words_formulas(markup: str, latex: str) -> None:
    assert formula(element(f"<oMath>{markup}</oMath>")).latex == latex


def test_the_letters_of_a_formula_hold_the_signs_that_word_draws_itself() -> None:
    made = f"<oMath>{SUM}{run('⌘')}<d><e>{run('a')}</e></d><nary><e>{run('y')}</e></nary></oMath>"
    assert formula(element(made)) == ("∑ i=1 n x i ⌘ ( a ) ∫ y", "", "")


def test_word_writes_the_number_into_the_formula() -> None:
    read = formula(element(f"<oMath><eqArr><e>{run('E=m#(4.2)')}</e></eqArr></oMath>"))
    assert (read.latex, read.label) == ("E=m", "4.2")


@pytest.mark.parametrize(
    ("markup", "latex"),
    [
        ("<mi>a</mi><mo>=</mo><msup><mi>b</mi><mn>2</mn></msup>", "a=b^{2}"),
        ("<mfrac><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow><mi>y</mi></mfrac>", r"\frac{x+1}{y}"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi>", r"\sum_{i}^{n}i"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", r"\bar{x}"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot><msqrt><mn>2</mn></msqrt>", r"\sqrt[3]{x}\sqrt{2}"),
        ("<mi>f</mi><mo>\u2061</mo><mfenced><mi>x</mi><mi>y</mi></mfenced>", "f(x,y)"),
        ("<mtext>if </mtext><mi>x</mi>", r"\text{if }x"),
        ("<semantics><mrow><mi>x</mi></mrow><annotation>y</annotation></semantics>", "x"),
    ],
)
def test_the_webs_formulas(markup: str, latex: str) -> None:
    assert formula(element(f"<math>{markup}</math>")).latex == latex


@pytest.mark.parametrize("markup", ["<msup><mi>x</mi></msup>", "<maction><mi>x</mi></maction>", "<mi>x</mi><mo>⌘</mo>"])
def test_what_is_not_known_is_refused_and_its_letters_stay(markup: str) -> None:
    read = formula(element(f"<math>{markup}</math>"))
    assert read.latex == ""
    assert read.letters.startswith("x")


names = st.sampled_from(["mrow", "mi", "mo", "msup", "mfrac", "msqrt", "munderover", "f", "num", "e", "d", "nary", "r"])
elements = st.recursive(
    st.builds(Element, names, st.just({}), st.just(()), st.text(max_size=4)),
    lambda inner: st.builds(Element, names, st.just({}), st.lists(inner, max_size=3).map(tuple), st.just("")),
)


@given(elements)
def test_no_markup_breaks_it_and_braces_pair(made: Element) -> None:
    latex = formula(made).latex.replace(r"\{", "").replace(r"\}", "")
    depth = 0
    for sign in latex:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
