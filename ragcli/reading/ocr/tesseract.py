"""OCR by the tesseract command: twice as fast as through a library, and it can be ended."""

import functools
import os
import re
import statistics
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence

from ragcli.errors import ReadError
from ragcli.reading.ocr.engine import Line, Picture, Word

# ISO 639-1 to the names of tesseract's data files, which are ISO 639-2/T but for a few.
_NAMES = {
    "af": "afr", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos", "ca": "cat", "cs": "ces",
    "cy": "cym", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "eo": "epo", "es": "spa", "et": "est", "eu": "eus",
    "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "gl": "glg", "gu": "guj", "he": "heb", "hi": "hin", "hr": "hrv",
    "hu": "hun", "hy": "hye", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "km": "khm",
    "kn": "kan", "ko": "kor", "ky": "kir", "la": "lat", "lb": "ltz", "lo": "lao", "lt": "lit", "lv": "lav", "mk": "mkd",
    "ml": "mal", "mn": "mon", "mr": "mar", "ms": "msa", "mt": "mlt", "my": "mya", "ne": "nep", "nl": "nld", "no": "nor",
    "pa": "pan", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "si": "sin", "sk": "slk", "sl": "slv", "sq": "sqi",
    "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "te": "tel", "th": "tha", "tl": "tgl", "tr": "tur", "uk": "ukr",
    "ur": "urd", "uz": "uzb", "vi": "vie", "yi": "yid", "zh": "chi_sim",
}  # fmt: skip
_COMMON = ("en", "fr", "de", "es", "it", "pt", "nl")  # of these the installed ones, when no language is known
_AT_ONCE = 3  # languages: each costs time
# The scripts that its data for orientation and script names, and what is written in them, the most frequent first.
_WRITTEN_IN = {
    "Arabic": ("ar", "fa", "ur"),
    "Armenian": ("hy",),
    "Bengali": ("bn",),
    "Cyrillic": ("ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "mn"),
    "Devanagari": ("hi", "mr", "ne"),
    "Georgian": ("ka",),
    "Greek": ("el",),
    "Gujarati": ("gu",),
    "Gurmukhi": ("pa",),
    "Han": ("zh", "ja"),  # a page of few kana may be taken for Chinese, and the reverse
    "Hebrew": ("he", "yi"),
    "Japanese": ("ja", "zh"),
    "Kannada": ("kn",),
    "Khmer": ("km",),
    "Korean": ("ko",),
    "Lao": ("lo",),
    "Malayalam": ("ml",),
    "Myanmar": ("my",),
    "Sinhala": ("si",),
    "Tamil": ("ta",),
    "Telugu": ("te",),
    "Thai": ("th",),
}
_NOT_LATIN = frozenset(language for languages in _WRITTEN_IN.values() for language in languages)
# Confidences of tesseract's own, from which a script is certain: blurred, noisy and turned pages of Latin letters that it
# took for others stay below one of them.
_UPRIGHT, _OF_SCRIPT = 3.0, 1.0
_SEEN = re.compile(
    r"Rotate: 0\nOrientation confidence: (?P<upright>[\d.]+)\nScript: (?P<script>\w+)\nScript confidence: (?P<sure>[\d.]+)"
)
_BOX = re.compile(r"\bbbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"\bbaseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"\bx_size ([\d.]+)")
_CONFIDENCE = re.compile(r"\bx_wconf (\d+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HTML = "{http://www.w3.org/1999/xhtml}"


class Tesseract:
    """Each page is a process of one thread; pages run beside each other."""

    is_parallel = True
    sure = 0.7  # upside down it is 0.45 to 0.6, upright seldom below 0.8
    beyond = "a language that reading.language does not name"
    slope = 0.012  # at 0.035 (2 degrees) it loses a tenth of a page's letters

    def __init__(self) -> None:
        self.name = _run(["--version"]).decode(errors="replace").split("\n", 1)[0].strip()

    @functools.cached_property
    def installed(self) -> frozenset[str]:
        return frozenset(_run(["--list-langs"]).decode(errors="replace").split("\n")[1:])

    def lacks(self, language: str) -> str | None:
        name = _NAMES.get(language)
        if name in self.installed:
            return None
        return f"tesseract's data for '{language}' (Debian: apt install tesseract-ocr-{(name or language).replace('_', '-')})"

    def languages_for(self, language: str | None) -> tuple[str, ...]:
        if language and not self.lacks(language):
            return (language,)
        return tuple(language for language in _COMMON if not self.lacks(language))[:_AT_ONCE] or ("en",)

    def languages_seen(self, picture: Picture, languages: Sequence[str], seconds: float) -> tuple[str, ...]:
        if "osd" not in self.installed:
            return ()
        try:
            told = _read(picture, ["-l", "osd", "--psm", "0"], seconds).decode(errors="replace")
        except ReadError:  # too few letters to tell: what was read of them stays
            return ()
        found = _SEEN.search(told)
        if found is None or float(found["upright"]) < _UPRIGHT or float(found["sure"]) < _OF_SCRIPT:
            return ()
        written = _WRITTEN_IN.get(found["script"], ())
        if not written:  # Latin letters, those of Fraktur among them
            return self.languages_for(None) if _NOT_LATIN.issuperset(languages) else ()
        if not set(written).isdisjoint(languages):
            return ()
        return (next((language for language in written if not self.lacks(language)), written[0]),)

    def recognise(self, picture: Picture, languages: Sequence[str], seconds: float) -> list[Line]:
        named = "+".join(_NAMES[language] for language in languages)
        return lines_of(_read(picture, ["-l", named, "--psm", "3", "-c", "tessedit_create_hocr=1"], seconds))


def lines_of(hocr: bytes) -> list[Line]:
    """Return the lines of tesseract's hOCR, with its own blocks and reading order.

    Raises: ReadError when it is no XML.
    """
    try:
        root = ElementTree.fromstring(_CONTROL.sub("", hocr.decode("utf-8", errors="replace")))
    except ElementTree.ParseError as error:
        raise ReadError(f"tesseract's answer can't be read ({error})", "update tesseract", "crash") from None
    lines = []
    for block, paragraph in enumerate(root.iter(f"{_HTML}p")):
        for element in paragraph:
            words = tuple(_words(element))
            if words:
                lines.append(_line(element.get("title", ""), words, block))
    return lines


def _line(title: str, words: tuple[Word, ...], block: int) -> Line:
    left, _, _, bottom = _box(title)
    slope, offset = map(float, found.groups()) if (found := _BASELINE.search(title)) else (0.0, 0.0)
    heights = [word.box[3] - word.box[1] for word in words]
    size = float(found[1]) if (found := _SIZE.search(title)) else statistics.median(heights)
    return Line(words, size, bottom + offset + slope * (words[0].box[0] - left), slope, block)


def _words(line: ElementTree.Element) -> Iterator[Word]:
    for element in line.iter(f"{_HTML}span"):
        text = "".join(element.itertext()).strip()
        if element.get("class") == "ocrx_word" and text:
            title = element.get("title", "")
            confidence = int(found[1]) / 100 if (found := _CONFIDENCE.search(title)) else 0.0
            yield Word(text, _box(title), confidence)


def _box(title: str) -> tuple[float, float, float, float]:
    found = _BOX.search(title)
    left, top, right, bottom = map(float, found.groups()) if found else (0.0, 0.0, 0.0, 0.0)
    return left, top, right, bottom


def _read(picture: Picture, arguments: list[str], seconds: float) -> bytes:
    head = f"P5 {picture.width} {picture.height} 255\n".encode()
    return _run(["stdin", "stdout", "--dpi", str(picture.dpi), *arguments], head + picture.grey.tobytes(), seconds)


def _run(arguments: list[str], stdin: bytes = b"", seconds: float = 30.0) -> bytes:
    # One thread each: with more, tesseract is no faster and takes the cores of the other pages.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            ["tesseract", *arguments], input=stdin, capture_output=True, timeout=seconds, env=environment, check=True
        )
    except subprocess.TimeoutExpired:
        raise ReadError(f"tesseract took longer than {seconds:g} s", "raise reading.page_timeout", "timeout") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().split("\n")[-1][:200]
        raise ReadError(f"tesseract failed ({said or error})", "try: tesseract --list-langs", "crash") from None
    except OSError as error:
        raise ReadError(f"tesseract can't be run ({error.strerror})", "install it again", "crash") from None
    return done.stdout
