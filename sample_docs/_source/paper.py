"""The two-column paper: born digital, with equations, tables and figures set as LaTeX would set them."""

import io
import math
import random
import re
from pathlib import Path

from PIL import Image as Picture
from PIL import ImageFilter
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    Image,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
)

from _source.typeset import (
    Atom,
    Drawing,
    Equation,
    Fraction,
    Sum,
    above,
    below,
    blocks,
    roman,
    symbol,
    table,
    with_symbols,
)

TITLE = "Self-Calibrating Radar Stage Gauging on Flashy Gravel-Bed Rivers"
AUTHORS = "Agnes Thorvik-Hale<super>1</super>, Piotr Wendelin<super>1</super> and Inès Davaud<super>2</super>"
PLACES = (
    "<super>1</super>Institute for Applied Hydrometry, Karsholm &nbsp;&nbsp; "
    "<super>2</super>Syndicat mixte de la Tressaune, Pontelle"
)
ABSTRACT = """
Radar gauges measure river stage without touching the water, yet their readings drift when the mounting bridge
warms, sags or is repainted. We describe a correction that estimates this drift from the staff readings that
technicians already take on their monthly rounds, and we test it during 26 months at three bridges over the
Tressaune. With the correction, the LIMNAR-4 radar gauge reached a root mean square error of 3.1 mm against 412
staff readings, where the older LIMNAR-2 kept 11.6 mm. The correction needs no additional hardware and runs in the
data logger. Its main limit is ice: readings taken during frazil episodes had to be discarded."""

BODY = """
# 1 Introduction

The stage of a river, the height of its surface above a fixed datum, is the quantity from which nearly every flood
warning is derived. On flashy gravel-bed rivers it can rise by a metre within an hour, and an instrument in the
water is then exposed to boulders, timber and silt. Radar gauges mounted under a bridge avoid the danger because
they observe the surface from above.

They have a weakness of their own. The height of the antenna above the datum is measured once, on the day of
installation, and is taken as constant ever after. It is not. Steel decks expand in summer, bearings settle, and
road crews move brackets without telling anybody. Wendelin and Aasgaard [4] reported offsets of up to 38 mm on a
single bridge within one year, more than the resolution that manufacturers advertise.

This paper makes two contributions. First, we formulate the drift as a slowly varying offset that can be estimated
from manual staff readings (Section 3). Second, we report a comparison of two generations of the same family of
instruments under the same bridges (Section 4), with all failures included.

# 2 Study sites and instruments

## 2.1 The bridges

The Tressaune drains 1,840 square kilometres of limestone and crystalline rock. Three bridges were equipped: Marrec,
at the outlet of a gorge; Vauzy, on a wide braided reach; and Larmont, where a weir keeps the section stable. The
sites and their main characteristics are listed in Table 1. Each bridge carried one LIMNAR-4 and one LIMNAR-2,
mounted 60 cm apart so that both observed practically the same patch of water.

{sites}

## 2.2 The gauges

The LIMNAR-4 transmits at 80 GHz with a beam width of 8 degrees and draws 0.38 W. The LIMNAR-2, its predecessor,
transmits at 26 GHz with a beam width of 12 degrees and draws 1.1 W. The narrower beam matters under low decks: at
Vauzy the wide beam of the LIMNAR-2 touched a pier whenever the stage fell below 0.45 m. Figure 1 shows the
resulting double echo.

{echogram}

Neither instrument heats its antenna. A drip edge of folded aluminium, made in the workshop of the institute for
less than the price of a meal, kept rain from running over the radome. Without it Brenning and Maulde [1] lost up to
4 % of their samples in autumn, and our own first weeks at Vauzy confirmed their observation.

## 2.3 Sampling and staff readings

Both instruments were sampled every 300 s. Staff readings were taken by technicians of the river authority, usually
once a month and more frequently during floods. In total 412 readings were available between March 2020 and April
2022, of which 37 were made at night with a lamp.

Each reading was entered twice, once in the field book and once at the office, by different persons. The two entries
disagreed in 9 cases. Okonjo-Reith [3] found a similar share, about two in a hundred, in archives that go back to
the nineteenth century; the weakness of the human reader seems to be remarkably stable.

# 3 Method

## 3.1 Observation model

A radar gauge measures the travel time of a pulse between antenna and water. With the antenna at height <i>z</i><sub
rise="1.5" size="8">0</sub> above the datum and inclined by an angle θ, the stage at time <i>t</i> follows as

{stage}

where <i>c</i> is the speed of light, <i>n</i> the refractive index of moist air and <i>b</i><sub rise="1.5"
size="8">k</sub> the unknown offset during month <i>k</i>. Manufacturers set <i>b</i><sub rise="1.5"
size="8">k</sub> to zero. The refractive index was computed from air temperature and humidity; neglecting it would
cost less than 2 mm for a range of 12 m.

## 3.2 Estimation of the offset

Let <i>s</i><sub rise="1.5" size="8">i</sub> be a staff reading and <i>h</i><sub rise="1.5" size="8">i</sub> the
uncorrected radar stage at the same instant. If month <i>k</i> and its two neighbours hold <i>N</i><sub rise="1.5"
size="8">k</sub> readings, the offset is estimated as their mean difference,

{offset}

provided that <i>N</i><sub rise="1.5" size="8">k</sub> ≥ 3. With fewer readings the previous estimate is kept and
its uncertainty is doubled. A reading that departs from the running median by more than 25 mm is rejected, since
experience shows that such values are almost always transcription errors: a technician writes 1.47 for 1.74.

## 3.3 From stage to discharge

At Marrec and Larmont the corrected stage was converted into discharge with the customary power law,

{rating}

in which <i>h</i><sub rise="1.5" size="8">0</sub> is the stage of zero flow. The exponent β was 1.83 at Marrec and
1.62 at Larmont. No rating was attempted at Vauzy, whose bed moved by as much as 0.7 m during the flood of February
2021.

# 4 Results

## 4.1 Accuracy

Table 2 gives the root mean square error against the staff. Over the three sites together the corrected LIMNAR-4
reached 3.1 mm; without correction it would have stood at 9.4 mm. The correction helped the LIMNAR-2 far less,
because its errors come from waves and from the pier echo rather than from the mounting.

{errors}

The largest single offset, 31 mm, appeared at Larmont in July 2021. A visit established that the bracket had been
unbolted for the repainting of the parapet and fastened again one hole lower. The estimate followed the step within
two months, as Figure 2 shows.

{drift}

## 4.2 Availability

The LIMNAR-4 delivered valid samples during 99.2 % of the time and the LIMNAR-2 during 97.5 %. Two thirds of the
gaps of the newer instrument were caused by a single event, a lightning strike at Vauzy on 14 August 2020 that
destroyed the logger. The remaining gaps are short and coincide with heavy rain.

## 4.3 Ice

During 11 days in January 2021 frazil ice drifted under the bridge at Marrec. The surface was then up to 60 mm
higher than the free water beneath, and both instruments followed the ice. We discarded 19 staff readings from this
period. A camera that recognises ice would permit an automatic flag, but we have not built one.

## 4.4 A flood as a test

The flood of 2 February 2021 offered a severe test. At Marrec the stage rose by 2.31 m in five hours and crested at
3.18 m, the highest value of the experiment. Inès Davaud read the staff every twenty minutes from the bank, with a
telescope, until the lower plates were torn off. Over these 14 readings the corrected LIMNAR-4 departed from the
staff by 5.2 mm on average, and the LIMNAR-2 by 21 mm. Standing waves of more than 20 cm account for most of both
figures.

A pressure sensor of the usual bubbler type, which the authority kept at Marrec as a reserve, stopped at 2.60 m
because its orifice had been buried under gravel. It was dug out nine days later. The event decided the authority,
more than any table of ours, to move its main stations to radar.

## 4.5 Effort

A monthly round to the three bridges took one technician five and a half hours, of which driving was the greater
part. Reading a staff, cleaning it and entering the value required eight minutes per site. Over 26 months we count
143 hours of work for the staff readings. The correction itself runs on the logger in less than one second per month
and adds 11 bytes to each message.

# 5 Discussion

The correction is deliberately simple. A Kalman filter with temperature as an additional input improved the error by
another 0.2 mm in our trials, which no user would notice, and it required parameters that technicians could not
check by hand. We therefore recommend the monthly mean of Equation (2) for operational networks.

Thorvik-Hale [5] advised to level the antenna once a year with an optical instrument. Annual levelling would have
found the moved bracket at Larmont after eleven months instead of two. It remains worthwhile as an independent
check, since the staff may move as well: at Vauzy a tree trunk bent the lowest plate in November 2020, and for three
weeks both gauges appeared to be wrong in the same direction. Agreement between two instruments that share a bridge
proves little.

The price of the method is discipline. Where the staff is read less than once a month the offset cannot be separated
from the seasonal movement of the deck. A network that already sends technicians to every station each month obtains
the improvement at no additional cost; one that has replaced the visits by telemetry does not.

Our comparison has limits. All three bridges are made of steel or of steel and concrete; a masonry bridge may move
less. The instruments came from one manufacturer and were six years apart in design, so that the difference between
them must not be read as an effect of frequency alone. Finally, the staff itself has an uncertainty of about 2 mm,
which bounds any comparison.

# 6 Conclusion

Monthly staff readings suffice to keep a radar gauge within 4 mm of the truth on bridges that move by centimetres.
The LIMNAR-4 with the correction is suitable for flood warning on flashy rivers, and the Syndicat mixte de la
Tressaune has adopted both for its network from 2023 on. The logger program, 140 lines long, is available from the
second author.

# Appendix A: Installation rules

The following rules were agreed with the technicians after the first winter, and they apply to both gauges.

Choose the upstream side of the deck, at least two metres from any pier, so that floating wood cannot gather beneath
the beam. Keep the axis of the antenna within one degree of the vertical; a larger angle enters Equation (1) through
the cosine and costs about 2 mm at three degrees and 1.4 m of range change.

Measure the height of the antenna three times, with two persons, and write all three values into the station file.
Mark the bracket with paint across the bolt and the plate: a broken line of paint is the cheapest detector of
tampering known to us.

Leave the logger two minutes to settle before the first staff reading. Take this reading twice. If the two differ by
more than 5 mm, wait for calmer water or write down the range of the waves together with their mean.

# Appendix B: Incidents

We list the incidents of the 26 months in full, because the literature on gauges seldom tells how they fail.

In April 2020 a wasp built its nest on the antenna of the LIMNAR-2 at Larmont. The echo weakened over two weeks and
was lost on 29 April. Since then a ring of grease has been renewed at each visit. In June 2020 the solar panel at
Marrec was stolen; the battery carried both gauges for six days. In August 2020 lightning struck at Vauzy, as told
in Section 4.2.

In February 2021 the flood took the lower staff plates at Marrec and buried the reserve sensor. In July 2021 the
bracket at Larmont was moved. In December 2021 a program error, which was ours, shifted the clock of one logger by
an hour for nine days. The staff readings revealed it, since the differences between staff and radar grew whenever
the stage changed quickly.

No gauge of either type failed by itself. Every gap in the records came from power, logger, weather or people.

# Data and code

The corrected series, the 412 staff readings and the logger program are kept at the Karsholm Institute under the
number KIAH-2022-014. The double entries of the field books are part of the deposit, so that readers may judge the
rejection rule of Section 3.2 for themselves.

# Acknowledgements

We thank Karim Beltoise and his technicians for every reading taken in the rain, and the municipality of Vauzy for
access to the bridge. The work was funded by the Karsholm Hydrometry Fund under grant KHF-2019-27.

# References
"""

REFERENCES = [
    "[1] O. Brenning and T. Maulde. Antenna siting under low bridge decks. <i>Northern Journal of Hydrometry</i>, "
    "12(3):201–219, 2016.",
    "[2] I. Davaud. Gravel, ice and timber: ten years of gauges on the Tressaune. <i>Cahiers de l’Hydromètre</i>, "
    "41:7–28, 2018.",
    "[3] L. Okonjo-Reith. Staff readings as ground truth. In <i>Proceedings of the Karsholm Workshop on Stage</i>, "
    "pages 55–63, 2017.",
    "[4] P. Wendelin and R. Aasgaard. How still is a bridge? Twelve months of levelling. <i>Northern Journal of "
    "Hydrometry</i>, 15(1):33–47, 2019.",
    "[5] A. Thorvik-Hale. <i>Measuring Stage: A Handbook</i>. Karsholm Institute Press, 2nd edition, 2015.",
]

# TeX breaks these words where a line ends; a soft hyphen marks the places.
HYPHENS = """
ac-cu-ra-cy ad-di-tion-al ad-ver-tise an-ten-na au-thor-ity avail-abil-ity be-cause be-tween cal-i-brat-ing
char-ac-ter-is-tics com-par-i-son con-stant con-tri-bu-tions con-vert-ed cor-rec-tion cor-rect-ed cus-tom-ary
de-lib-er-ate-ly dif-fer-ence dis-charge dis-ci-pline dis-card-ed es-tab-lished es-ti-mate es-ti-mat-ed
ex-pe-ri-ence for-mu-late fre-quen-cy fre-quent-ly gen-er-a-tions hu-mid-ity im-prove-ment im-proved in-clined
in-cluded in-stal-la-tion in-stru-ment in-stru-ments light-ning lime-stone main-te-nance man-u-fac-tur-er
man-u-fac-tur-ers mea-sure mea-sured mea-sures me-di-an mount-ing mu-nic-i-pal-ity ne-glect-ing net-work
ob-served ob-tains op-er-a-tional pa-ram-e-ters per-mit prac-ti-cal-ly pre-de-ces-sor pre-vi-ous quan-ti-ty
read-ing read-ings rec-og-nis-es re-frac-tive re-ject-ed re-main-ing re-paint-ing re-placed re-port-ed
re-quired res-o-lu-tion re-sult-ing sea-son-al sec-tion sep-a-rat-ed sta-tion suf-fice suit-able sur-face
tech-ni-cian tech-ni-cians telem-e-try tem-per-a-ture to-geth-er tran-scrip-tion trans-mits un-cer-tain-ty
un-cor-rect-ed usu-al-ly vary-ing
"""
SOFT = {word.replace("-", ""): word.replace("-", "\N{SOFT HYPHEN}") for word in HYPHENS.split()}

BODY_STYLE = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=11, leading=13.6, alignment=TA_JUSTIFY, firstLineIndent=10
)
FIRST = ParagraphStyle("first", BODY_STYLE, firstLineIndent=0)
ABSTRACT_STYLE = ParagraphStyle("abstract", FIRST, fontSize=9.2, leading=11, leftIndent=34, rightIndent=34)
H1 = ParagraphStyle("h1", fontName="Times-Bold", fontSize=12, leading=14, spaceBefore=10, spaceAfter=4, keepWithNext=1)
H2 = ParagraphStyle("h2", fontName="Times-Bold", fontSize=11, leading=13, spaceBefore=7, spaceAfter=3, keepWithNext=1)
CAPTION = ParagraphStyle("caption", FIRST, fontSize=8.8, leading=10.4, spaceBefore=3, spaceAfter=4)
CELL = ParagraphStyle("cell", fontName="Times-Roman", fontSize=8.8, leading=10.4)
HEAD = ParagraphStyle("head", CELL, fontName="Times-Bold")
REFERENCE = ParagraphStyle(
    "reference", FIRST, fontSize=8.8, leading=10.4, leftIndent=14, firstLineIndent=-14, spaceAfter=2
)

COLUMN = 240.0

SITES = [
    ["Site", "Deck", "Range (m)", "Staff readings"],
    ["Marrec", "steel truss", "9.8", "171"],
    ["Vauzy", "steel and concrete", "6.4", "118"],
    ["Larmont", "steel girder", "12.1", "123"],
]
ERRORS = [
    ["Site", "LIMNAR-4 raw", "LIMNAR-4 corrected", "LIMNAR-2 corrected"],
    ["Marrec", "7.9", "2.8", "9.7"],
    ["Vauzy", "8.6", "3.6", "15.2"],
    ["Larmont", "11.8", "3.0", "8.9"],
    ["All sites", "9.4", "3.1", "11.6"],
]


def _soften(text: str) -> str:
    return re.sub(r"[a-z]+", lambda word: SOFT.get(word[0], word[0]), text)


def _echogram() -> io.BytesIO:
    """Return a grey JPEG of echo strength over distance (down) and time (right), with a ghost of the pier."""
    width, height = 480, 260
    noise = random.Random(80).randbytes(width * height)
    image = Picture.frombytes("L", (width, height), noise).point(lambda grey: grey // 5)
    pixels = image.load()
    for x in range(width):
        surface = 150 + 34 * math.sin(x / 75) + 9 * math.sin(x / 17)
        for y in range(height):
            echo = 235 * math.exp(-(((y - surface) / 5) ** 2))
            ghost = 120 * math.exp(-(((y - 88) / 4) ** 2)) if surface > 158 else 0
            pixels[x, y] = min(255, int(pixels[x, y] + echo + ghost))
    made = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.8)).save(made, "JPEG", quality=70)
    made.seek(0)
    return made


def _paint_drift(canvas: Canvas, width: float, height: float) -> None:
    """Offset at Larmont by month, as a step curve with the staff readings around it."""
    left, bottom, top = 30, 26, height - 6
    months = [2, 3, 2, 4, 5, 4, 3, 4, 17, 30, 31, 30, 31, 29]
    names = ["Jan", "Mar", "May", "Jul", "Sep", "Nov", "Jan"]
    step = (width - left - 8) / len(months)
    scale = (top - bottom) / 40
    canvas.setLineWidth(0.6)
    canvas.line(left, bottom, width, bottom)
    canvas.line(left, bottom, left, top)
    canvas.setFont("Helvetica", 7)
    for value in (0, 10, 20, 30, 40):
        canvas.line(left - 3, bottom + value * scale, left, bottom + value * scale)
        canvas.drawRightString(left - 5, bottom + value * scale - 2.5, str(value))
    for i, name in enumerate(names):
        canvas.drawCentredString(left + (2 * i + 0.5) * step, bottom - 10, name)
    canvas.drawCentredString((left + width) / 2, 4, "month (2021 to February 2022)")
    canvas.saveState()
    canvas.translate(8, (bottom + top) / 2)
    canvas.rotate(90)
    canvas.drawCentredString(0, 0, "offset (mm)")
    canvas.restoreState()
    canvas.setStrokeColorRGB(0.05, 0.3, 0.55)
    canvas.setLineWidth(1.2)
    curve = canvas.beginPath()
    curve.moveTo(left, bottom + months[0] * scale)
    for i, value in enumerate(months):
        curve.lineTo(left + i * step, bottom + value * scale)
        curve.lineTo(left + (i + 1) * step, bottom + value * scale)
    canvas.drawPath(curve)
    canvas.setFillColorRGB(0.75, 0.2, 0.1)
    scatter = random.Random(31)
    for i, value in enumerate(months):
        true = value if i not in (6, 7, 8) else 31
        for part in (0.25, 0.7):
            canvas.circle(
                left + (i + part) * step, bottom + (true + scatter.uniform(-3, 3)) * scale, 1.3, stroke=0, fill=1
            )


def _float(*parts: Flowable) -> KeepTogether:
    return KeepTogether([Spacer(1, 6), *parts, Spacer(1, 6)])


def _caption(label: str, text: str) -> Paragraph:
    return Paragraph(f"<b>{label}:</b> {text}", CAPTION)


def _inserts() -> dict[str, Flowable]:
    return {
        "stage": Equation(
            [
                *[Atom("h"), roman("("), Atom("t"), roman(") "), symbol("="), Atom(" z"), below("0"), symbol(" − ")],
                Fraction([Atom("c "), symbol("τ"), roman("("), Atom("t"), roman(")")], [roman("2"), Atom("n")]),
                *[roman(" cos "), symbol("θ"), symbol(" − "), Atom("b"), below("k")],
            ],
            1,
        ),
        "offset": Equation(
            [
                *[Atom("b"), below("k"), symbol(" = ")],
                Fraction([roman("1")], [Atom("N"), below("k")]),
                Sum(
                    [Atom("i", size=7), Atom(" = ", "Symbol", 7), Atom("1", "Times-Roman", 7)],
                    [Atom("N", size=7), Atom("k", size=5, rise=-1)],
                ),
                *[roman(" ("), Atom("h"), below("i"), symbol(" − "), Atom("s"), below("i"), roman(")")],
            ],
            2,
        ),
        "rating": Equation(
            [
                *[
                    Atom("Q "),
                    symbol("="),
                    Atom(" C "),
                    roman("("),
                    Atom("h"),
                    symbol(" − "),
                    Atom("h"),
                    below("0"),
                    roman(")"),
                ],
                above("β", "Symbol"),
            ],
            3,
        ),
        "sites": _float(
            _caption("Table 1", "The three bridges. Range is the distance from antenna to mean water level."),
            table(SITES, [52, 84, 48, 56], CELL, HEAD, ruled=True),
        ),
        "errors": _float(
            _caption("Table 2", "Root mean square error against the staff, in millimetres, March 2020 to April 2022."),
            table(ERRORS, [48, 56, 68, 68], CELL, HEAD, ruled=False),
        ),
        "echogram": _float(
            Image(_echogram(), COLUMN, COLUMN * 260 / 480),
            _caption(
                "Figure 1",
                "Echo of the LIMNAR-2 at Vauzy on 3 October 2020: the bright band is the water, the faint line above "
                "it the second pier. Time runs to the right, distance downwards.",
            ),
        ),
        "drift": _float(
            Drawing(COLUMN, 130, _paint_drift),
            _caption(
                "Figure 2",
                "Estimated offset at Larmont (line) and single staff differences (dots). The step is the moved "
                "bracket.",
            ),
        ),
    }


def _number(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(A4[0] / 2, 30, str(document.page))


def write(path: Path) -> None:
    """Typeset the paper into path: A4, two columns, Times as any reader has it."""
    width, height = A4
    left, gap, bottom, top = 49.0, 17.6, 54.0, height - 54
    head = 164.0

    def columns(above_: float) -> list[Frame]:
        tall = top - bottom - above_
        ends = (left, left + COLUMN + gap)
        return [Frame(x, bottom, COLUMN, tall, 0, 0, 0, 0, id=f"column{i}") for i, x in enumerate(ends)]

    title = Frame(left, top - head, width - 2 * left, head, 0, 0, 0, 0, id="title")
    document = BaseDocTemplate(
        str(path),
        pagesize=A4,
        title=TITLE,
        author="Agnes Thorvik-Hale, Piotr Wendelin, Inès Davaud",
        subject="Hydrometry",
        lang="en",
        invariant=1,
    )
    document.addPageTemplates(
        [
            PageTemplate("first", [title, *columns(head)], onPageEnd=_number),
            PageTemplate("later", columns(0), onPageEnd=_number),
        ]
    )
    centred = ParagraphStyle("centred", fontName="Times-Roman", fontSize=11, leading=15, alignment=TA_CENTER)
    story: list[Flowable] = [
        Paragraph(TITLE, ParagraphStyle("title", centred, fontSize=17, leading=21, spaceAfter=6)),
        Paragraph(AUTHORS, centred),
        Paragraph(PLACES, ParagraphStyle("places", centred, fontSize=9.2, leading=13, spaceAfter=8)),
        Paragraph("Abstract", ParagraphStyle("abstract-title", centred, fontName="Times-Bold", fontSize=10)),
        Paragraph(_soften(" ".join(ABSTRACT.split())), ABSTRACT_STYLE),
        NextPageTemplate("later"),
        FrameBreak(),
    ]
    inserts = _inserts()
    style = FIRST
    for kind, text in blocks(BODY):
        if kind == "insert":
            story.append(inserts[text])
            # What follows a display equation goes on with its sentence; what follows a float is a new paragraph.
            style = FIRST if isinstance(inserts[text], Equation) else BODY_STYLE
        elif kind == "paragraph":
            story.append(Paragraph(with_symbols(_soften(text)), style))
            style = BODY_STYLE
        else:
            story.append(Paragraph(text, H1 if kind == "h1" else H2))
            style = FIRST
    story += [Paragraph(reference, REFERENCE) for reference in REFERENCES]
    document.build(story)
