"""The PDFs that a reader may fail on: a scan, a locked note, a file cut short."""

import io
import random
import sys
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

if "pymupdf" not in sys.modules:
    # Lean: without these two the import takes a tenth of the time, and nothing here needs the layout model.
    sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]
    sys.modules.setdefault("pymupdf4llm", None)  # type: ignore[arg-type]
import pymupdf

PASSWORD = "moulin-neuf-2024"

INVOICE_LINES = [
    ("LIMNAR-4, radar de niveau 80 GHz", "6", "4 870,00", "29 220,00"),
    ("Remise exceptionnelle de 6 %", "", "", "- 1 753,20"),
    ("Total hors taxes", "", "", "27 466,80"),
    ("TVA 20 %", "", "", "5 493,36"),
    ("Total à payer, en euros", "", "", "32 960,16"),
]
INVOICE_TEXT = [
    "Numéros de série : L4-23117 à L4-23122.",
    "Livraison effectuée le 21 novembre 2023 au dépôt du Moulin-Neuf, reçue par M. Beltoise.",
    "",
    "À titre commercial, la garantie de ces six appareils est portée à 36 mois à compter",
    "de la livraison, au lieu des 24 mois habituels.",
    "",
    "Paiement à 45 jours par virement. Pénalité de retard : 9 % par an.",
    "Pour toute question : Thibault Garancher, service des marchés publics.",
]
NOTE = [
    "Depot note, for the people on call only",
    "",
    "The door of cabinet C at the Moulin-Neuf depot opens with the code 7315 since 8 January 2024.",
    "The old code, 4408, sets off the alarm.",
    "The satellite phone is in the second drawer; its pin is written on the inside of the lid.",
    "Replace the padlock of the Combe-Noire ladder before the end of February: two keys are missing.",
    "",
    "Karim Beltoise, 9 January 2024",
]
GAUGINGS_HEAD = "Annexe : jaugeages de l’année 2023, station par station"


def _invoice(path: io.BytesIO) -> None:
    canvas = Canvas(path, pagesize=A4, invariant=1)
    width, height = A4
    canvas.setFont("Helvetica-Bold", 17)
    canvas.drawString(60, height - 80, "HYDROMÈTRES CASTAGNE")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, height - 96, "12, rue de la Fonderie, Saint-Avrel")
    canvas.setFont("Times-Roman", 12)
    for i, line in enumerate(
        ["Syndicat mixte de la Tressaune", "Service du réseau de mesure", "Place du Bief, Pontelle"]
    ):
        canvas.drawString(340, height - 150 - 16 * i, line)
    canvas.setFont("Times-Bold", 14)
    canvas.drawString(60, height - 232, "Facture n° FC-2023-0418")
    canvas.setFont("Times-Roman", 12)
    canvas.drawString(60, height - 252, "Saint-Avrel, le 24 novembre 2023")
    canvas.drawString(60, height - 268, "Marché 2022-07, bon de commande 88 du 2 octobre 2023")
    y = height - 312
    canvas.setFont("Times-Bold", 12)
    ends = (390, 460, 535)
    canvas.drawString(66, y, "Désignation")
    for x, name in zip(ends, ("Quantité", "Prix unitaire", "Montant"), strict=True):
        canvas.drawRightString(x, y, name)
    canvas.setFont("Times-Roman", 12)
    canvas.line(60, y - 7, 540, y - 7)
    for name, *cells in INVOICE_LINES:
        y -= 24
        canvas.drawString(66, y, name)
        for x, cell in zip(ends, cells, strict=True):
            canvas.drawRightString(x, y, cell)
        canvas.line(60, y - 8, 540, y - 8)
    y -= 44
    for line in INVOICE_TEXT:
        canvas.drawString(60, y, line)
        y -= 18
    canvas.setFont("Times-Italic", 12)
    canvas.drawString(360, y - 30, "Le service de facturation")
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(width / 2, 50, "Hydromètres Castagne SAS, capital de 310 000 €")
    canvas.save()


def write_scan(path: Path) -> None:
    """Print the invoice, then scan it: 200 dpi, grey, tilted by 0.7°, grainy; the page is one JPEG without text."""
    printed = io.BytesIO()
    _invoice(printed)
    with pymupdf.open(stream=printed.getvalue(), filetype="pdf") as document:
        pixmap = document[0].get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    page = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)
    page = page.rotate(0.7, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.5))
    grain = Image.frombytes("L", page.size, random.Random(418).randbytes(page.width * page.height))
    grain = grain.filter(ImageFilter.GaussianBlur(0.9))
    # White paper comes out of a scanner light grey, with a little grain on ink and paper alike.
    page = ImageChops.subtract(page.point(lambda grey: 34 + grey * 206 // 255), grain.point(lambda grey: grey // 6))
    jpeg = io.BytesIO()
    page.save(jpeg, "JPEG", quality=62, dpi=(200, 200))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle("Numérisation du 27 novembre 2023")
    canvas.drawImage(ImageReader(jpeg), 0, 0, *A4)
    canvas.save()


def write_locked(path: Path) -> None:
    """Encrypt the note with AES-256. Its bytes differ from run to run: the salts are random by design."""
    clear = io.BytesIO()
    canvas = Canvas(clear, pagesize=A4, invariant=1)
    canvas.setTitle("Depot note")
    for i, line in enumerate(NOTE):
        canvas.setFont("Times-Bold" if i == 0 else "Times-Roman", 14 if i == 0 else 11)
        canvas.drawString(60, A4[1] - 90 - 20 * i, line)
    canvas.save()
    with pikepdf.open(clear) as document:
        document.save(path, encryption=pikepdf.Encryption(owner=PASSWORD, user=PASSWORD, R=6))


def write_truncated(path: Path) -> None:
    """Write an annex of three pages and keep its first 60 %, as an interrupted copy would."""
    whole = io.BytesIO()
    canvas = Canvas(whole, pagesize=A4, invariant=1, pageCompression=0)
    drawn = random.Random(187)
    for station in ("Marrec", "Vauzy", "Larmont"):
        canvas.setFont("Times-Bold", 13)
        canvas.drawString(60, A4[1] - 80, f"{GAUGINGS_HEAD} – {station}")
        canvas.setFont("Times-Roman", 10)
        for i in range(38):
            stage, month = drawn.uniform(0.4, 2.6), 1 + i * 12 // 38
            day, flow = drawn.randint(1, 28), 21 * stage**1.83
            line = f"{day:02d}/{month:02d}/2023   hauteur {stage:.2f} m   débit {flow:.1f} m³/s"
            canvas.drawString(60, A4[1] - 110 - 17 * i, line.replace(".", ","))
        canvas.showPage()
    canvas.save()
    with pymupdf.open(stream=whole.getvalue(), filetype="pdf") as document:
        # Page tree and catalog in an object stream at the end, as pdfTeX leaves them: the cut takes them along.
        content = document.tobytes(use_objstms=1, deflate=True, no_new_id=True)
    path.write_bytes(content[: len(content) * 60 // 100])
