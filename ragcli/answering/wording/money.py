"""Sums of money: beside their currency, below one, or in a list of prices."""

import re

_CURRENCY = (
    r"(?:[$€£¥₹₩₽]|\b(?:USD|EUR|GBP|CHF|JPY|CNY|CAD|AUD|SEK|NOK|DKK|INR|euros?|dollars?|pounds?|francs?|yens?|yuan|rupees?"
    r"|roubles?|pesos?|crowns?|kron[ae]r?|couronnes?|CZK|PLN|RUB|dólar(?:es)?|dollari?|libras?|franken|franchi|francos?"
    r"|zł(?:ot\w+)?|kč|руб(?:\.|л\w+)?|евро|доллар\w*|ευρώ|kronor)\b|[円元원]|ドル|ユーロ|유로|달러|欧元|美元)"
)
_SCALE = (
    r"thousand|million|mille|[bm]illi(?:on|ard)|trillion|tausend|m(?:io|rd)\.?|millionen|milliarden|mil|mill(?:ones|oni|iardi)"
    r"|milh(?:ão|ões)|miljoen|miljard|tys\.?|mln|mld|milion\w*|тыс(?:яч\w*|\.)|млн\.?|миллион\w*|млрд\.?|[万萬億亿만억]"
)
_MONEY = re.compile(
    rf"[$€£¥₹₩₽] ?\d|\d[\d.,\u00a0\u202f ]{{0,40}}(?:(?:{_SCALE})s? ?(?:d['’ei] ?)?(?:de )?)?{_CURRENCY}", re.IGNORECASE
)
_IN_CURRENCY = re.compile(_CURRENCY, re.IGNORECASE)
# Over the figures of a table, which then need no currency.
_PRICES = re.compile(
    r"\b(?:prices?|costs?|fees?|fares?|tariffs?|rents?|salar(?:y|ies)|wages?|prix|tarifs?|montants?|loyers?|salaires?|preise?"
    r"|gebühr(?:en)?|kosten|miete|gehalt|entgelte?|beträge?|precios?|tarifas?|importes?|prezz[oi]|tariff[ae]|import[oi]|preços?"
    r"|prijs|prijzen|tarie(?:f|ven)|bedrag(?:en)?)\b",
    re.IGNORECASE,
)
_ROW_OF_FIGURES = re.compile(r"^\|.*\d", re.MULTILINE)


def is_money(text: str, above: str = "") -> bool:
    """Whether a sum stands in `text` beside its currency, or a number below an `above` that names the currency, or prices."""
    is_named = _IN_CURRENCY.search(above) or _PRICES.search(above)
    return _MONEY.search(text) is not None or bool(is_named and re.search(r"\d", text))


def is_price_list(text: str) -> bool:
    """Whether a text has a table of figures, and names prices: over it, at its head, or in it."""
    return _ROW_OF_FIGURES.search(text) is not None and _PRICES.search(text) is not None


def names_currency(text: str) -> bool:
    return _IN_CURRENCY.search(text) is not None
