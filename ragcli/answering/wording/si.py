"""Units of measurement in which upper and lower case are two units: mW and MW, Gb and GB, mΩ and MΩ."""

from collections import defaultdict

# The units of each group with the prefixes that are written before them; "" is among them all.
_WRITTEN = (
    ("A V W Hz F S J N Pa Wb eV Wh Ah VA bar Bq Gy Sv Ω", "p n μ m k M G T"),
    ("H C T", "n μ m"),
    ("m g L l s", "n μ m c d k M"),
    ("mol M", "n μ m"),
    ("t", "m k M G"),
    ("b B bps Bps bit Bit", "k K M G T P Ki Mi Gi Ti"),
    ("Nm cal Cal K k G c h H", ""),
)
# Of one meaning: KB and kB, mL and ml; but K alone is kelvin, and k thousand.
_PREFIXES, _UNITS = {"K": "k"}, {"L": "l"}


def _readings() -> dict[str, dict[str, tuple[str, str]]]:
    """By spelling without case: each spelling that is a unit, as prefix and unit."""
    known: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for units, prefixes in _WRITTEN:
        for unit in units.split():
            for prefix in ("", *prefixes.split()):
                known[(prefix + unit).casefold()][prefix + unit] = _PREFIXES.get(prefix, prefix), _UNITS.get(unit, unit)
    return known


_READINGS = _readings()


def is_unit(word: str) -> bool:
    """Whether it is one, in whichever case."""
    return word.casefold() in _READINGS


def same_unit(one: str, other: str) -> bool:
    """Whether two spellings that differ in case alone are one unit: km and KM, mL and ml, but not ms and mS.

    Where a spelling is no unit as it stands ("5 mw") and might be two, it is none of them.
    """
    known = _READINGS.get(one.casefold(), {})
    if one == other or len(set(known.values())) < 2:
        return True
    return one in known and known[one] == known.get(other)
