"""The minutes (DOCX) and the oral history (EPUB): both are zip archives, written with fixed dates."""

import datetime
import io
import zipfile
from pathlib import Path

import docx

EPOCH = (2024, 1, 15, 9, 0, 0)

MINUTES_ATTENDANCE = [
    ["Nom", "Fonction", "Présence"],
    ["Étienne Guérandel", "président du syndicat", "présent"],
    ["Solène Marchadier", "directrice technique", "présente"],
    ["Inès Davaud", "hydrologue", "présente"],
    ["Karim Beltoise", "chef de l’équipe de terrain", "présent"],
    ["Claire Cazenave", "maire de Pontelle", "présente"],
    ["Nadia Ferhat-Lemoine", "Hydromètres Castagne, invitée", "excusée"],
]
MINUTES_ACTIONS = [
    ["Action", "Responsable", "Échéance"],
    ["Remplacer le capteur de Pontelle par un LIMNAR-4", "Karim Beltoise", "15 mars 2024"],
    ["Afficher le nouveau seuil de Marrec", "Inès Davaud", "31 janvier 2024"],
    ["Chiffrer la liaison radio des stations de tête", "Solène Marchadier", "28 février 2024"],
    ["Réviser la liste des numéros d’astreinte", "Claire Cazenave", "20 décembre 2023"],
]

EPUB_TITLE = "High Water at Marrec"
EPUB_CHAPTERS = [
    (
        "The Mill and Its Marks",
        [
            "The mill at Marrec has not ground corn since 1951, but its wall still keeps the accounts of the river. "
            "Five lines are cut into the stone beside the door, each with a date. Odile Tremaux, who was born in the "
            "house and has lived there for eighty-one years, reads them to visitors with the handle of a broom.",
            "“The highest is 1994,” she says, “four metres and eighty-six. My husband cut it the week after, and he "
            "cut it level with the mud on the wallpaper. The one below is 1961, four metres thirty-one. My father "
            "cut that one, and he was a drinker, so the line slopes.”",
            "The marks were levelled by the river authority in 2015. They were found to be right within three "
            "centimetres, the sloping one included, if it is read at its left end.",
        ],
    ),
    (
        "The Night of 7 November 1994",
        [
            "It had rained since the feast of All Saints. At ten in the evening the schoolteacher, Aurélien Pascot, "
            "cycled from door to door because the telephone exchange was already under water. He reached thirty-four "
            "houses before the bridge was closed.",
            "“Nobody believed him at the bakery,” recalls Odile Tremaux. “They had six hundred loaves in the oven "
            "for the market. At one in the morning the loaves floated out of the window, and people downstream ate "
            "them for breakfast.”",
            "Two people died that night, both in cars. Since then the road along the gorge has been closed with a "
            "barrier whenever the alert threshold is passed. The barrier was paid for by the sale of a calendar with "
            "photographs of the flood.",
        ],
    ),
    (
        "What the Radar Sees",
        [
            "In March 2020 two grey boxes were bolted beneath the bridge. Odile Tremaux was asked to watch over them "
            "and was given a telephone number to call. She has called it twice: once when boys threw stones at them, "
            "and once when a heron sat down on the bracket for an entire morning.",
            "“They tell me that it sees the river to the millimetre,” she says. “I see it to the centimetre, and I "
            "do not need a battery. But I sleep at night, and it does not. In October last year it woke the mayor of "
            "Pontelle; I only woke up for the noise of the stones.”",
            "After the flood of October 2023 she asked her grandson to cut a new line, the first since 1994. It "
            "stands at knee height, well below the others, and it is perfectly level.",
        ],
    ),
]


def _fixed(path: Path, entries: list[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, EPOCH)
            # An EPUB's first entry must be stored, so that its type can be read at a fixed place.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the bytes depend on the system that runs this
            archive.writestr(entry, content)


def _add_table(document: object, rows: list[list[str]]) -> None:
    made = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")  # type: ignore[attr-defined]
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text


def write_minutes(path: Path) -> None:
    document = docx.Document()
    properties = document.core_properties
    properties.title = "Compte rendu du comité technique du 12 décembre 2023"
    properties.author = "Léonie Fabrègue"
    properties.language = "fr"
    properties.comments = ""
    properties.created = properties.modified = datetime.datetime(*EPOCH)
    document.add_heading("Comité technique du 12 décembre 2023", 0)
    document.add_paragraph(
        "Réunion tenue au siège du syndicat, à Pontelle, de 14 heures à 16 h 40. Secrétaire de séance : Léonie "
        "Fabrègue."
    )
    document.add_heading("Présences", 1)
    _add_table(document, MINUTES_ATTENDANCE)
    document.add_heading("Retour sur la crue d’octobre", 1)
    document.add_paragraph(
        "Inès Davaud présente la chronologie. Les maires de l’aval ont disposé de cinq heures, mais la lecture de la "
        "station de Pontelle a manqué au moment décisif. Claire Cazenave demande que l’accusé de réception soit "
        "remplacé par un appel téléphonique systématique ; le comité l’approuve."
    )
    document.add_heading("Décisions", 1)
    document.add_heading("Seuil d’alerte de Marrec", 2)
    document.add_paragraph(
        "Le seuil d’alerte de Marrec est abaissé à 2,15 m à compter du 1er février 2024. Une valeur de 2,00 m, "
        "proposée par le service de la préfecture, a été écartée : elle aurait produit neuf alertes inutiles en cinq "
        "ans. Les seuils de vigilance et de danger ne changent pas."
    )
    document.add_heading("Pose des six radars", 2)
    document.add_paragraph(
        "Les six appareils livrés en novembre sont attribués aux stations suivantes. L’appareil de Pontelle est "
        "celui qui porte le numéro de série L4-23119."
    )
    for station in (
        "Pontelle, en priorité",
        "Fonderie",
        "Haute Gourlave",
        "Pont de la Louve",
        "Clairefond",
        "Brunec aval",
    ):
        document.add_paragraph(station, style="List Bullet")
    document.add_paragraph(
        "Une enveloppe de 41 500 € est réservée à la pose, supports et câbles compris. Elle ne comprend pas l’achat "
        "des appareils."
    )
    document.add_heading("Convention avec Karsholm", 2)
    document.add_paragraph(
        "Le comité est favorable à la reconduction pour trois ans, par cinq voix et une abstention. Karim Beltoise "
        "souhaite que l’institut forme deux techniciens par an."
    )
    document.add_heading("Suites à donner", 1)
    _add_table(document, MINUTES_ACTIONS)
    document.add_paragraph("Prochaine réunion : mardi 6 février 2024 à 14 heures, au dépôt du Moulin-Neuf.")
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as archive:
        _fixed(path, [(name, archive.read(name)) for name in archive.namelist()])


def write_history(path: Path) -> None:
    def page(title: str, body: str) -> bytes:
        head = f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>{title}</title></head>'
        return f'<?xml version="1.0" encoding="utf-8"?>\n{head}<body>{body}</body></html>\n'.encode()

    names = [f"chapter{i}.xhtml" for i in range(1, len(EPUB_CHAPTERS) + 1)]
    items = "".join(
        f'<item id="c{i}" href="{name}" media-type="application/xhtml+xml"/>' for i, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(names)))
    links = "".join(
        f'<li><a href="{name}">{title}</a></li>' for name, (title, _) in zip(names, EPUB_CHAPTERS, strict=True)
    )
    package = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:identifier id="id">tressaune:high-water</dc:identifier>'
        f"<dc:title>{EPUB_TITLE}</dc:title><dc:creator>Jeanne Ollivant</dc:creator><dc:language>en</dc:language>"
        '<dc:date>2024-01-15</dc:date><meta property="dcterms:modified">2024-01-15T09:00:00Z</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"{items}</manifest><spine>{spine}</spine></package>\n"
    )
    container = (
        '<?xml version="1.0"?>\n'
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
    )
    nav = page("Contents", f"<nav epub:type='toc' xmlns:epub='http://www.idpf.org/2007/ops'><ol>{links}</ol></nav>")
    chapters = [
        (f"OEBPS/{name}", page(title, f"<h1>{title}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs)))
        for name, (title, paragraphs) in zip(names, EPUB_CHAPTERS, strict=True)
    ]
    _fixed(
        path,
        [
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", container.encode()),
            ("OEBPS/content.opf", package.encode()),
            ("OEBPS/nav.xhtml", nav),
            *chapters,
        ],
    )
