"""Numbers and days of spreadsheets and charts with what their formats add to them: units, signs, leading zeros."""

import datetime
import re
from functools import lru_cache

_PERCENT = re.compile(r"[#,]*0(?:\.[0#]+)?(?:\\? )?%")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
# Of a format: words in quotes, an escaped letter, `[$CHF-807]`, another bracket, a space as wide as a letter, a filling.
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.'
    r"|(?P<number>[#0?][#0?.,]*|General)|(?P<sign>[€$£¥₹ ])|(?P<other>.)"
)
_KNOWN = set("-+()!")  # other signs that a number may stand between; what else there is makes no plain number


def shown_number(value: float, form: str) -> str:
    """A number with its unit, all its digits as spreadsheets know them: 0.1 + 0.2 is 0.3.

    Args:
        form: its format, as in `#,##0.00 "kg"`. Thousands are not parted, nor is anything rounded.
    """
    sections = form.split(";")
    has_words = value < 0 and len(sections) > 1 and any(map(str.isalpha, "".join(re.findall('"([^"]*)"', sections[1]))))
    section = sections[1] if has_words else sections[0]
    sign = "-" if value < 0 and not has_words else ""
    if _PERCENT.fullmatch(section):
        return f"{value * 100:.10g} %"
    around = _around(section)
    if around is None:
        return f"{value:.15g}"
    before, pattern, after = around
    scaled = abs(value) / 1000 ** (len(pattern) - len(pattern.rstrip(",")))
    digits = f"{scaled:.15g}"
    if pattern.startswith("0") and pattern.isdecimal() and digits.isdecimal():
        digits = digits.zfill(len(pattern))
    return f"{sign}{before}{digits}{after}".strip()


def shown_day(value: datetime.datetime, form: str) -> str:
    """A moment as ISO 8601, as precise as its format shows it: a day, a month (`mmm yy`), a year, or to the minute."""
    letters = _QUOTED.sub("", form.partition(";")[0]).lower()
    if "y" in letters and "d" not in letters and "h" not in letters:
        return value.strftime("%Y-%m" if "m" in letters else "%Y")
    return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")


@lru_cache(maxsize=256)
def _around(section: str) -> tuple[str, str, str] | None:
    """What a format writes before the digits, how it writes them, and what after; None for no plain number."""
    before, pattern, after = "", "", ""
    for part in _PART.finditer(section):
        if number := part["number"]:
            if pattern:
                return None
            pattern = number
            continue
        if part["other"] and part["other"] not in _KNOWN:
            return None
        said = part["quoted"] or part["escaped"] or part["currency"] or part["sign"] or ""
        before, after = (before, after + said) if pattern else (before + said, after)
    return before, pattern, after
