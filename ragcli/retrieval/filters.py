"""`--where`: from `year>=2020` or `{"genre": {"$in": ["music"]}}` to the SQL that selects chunks before any search."""

import difflib
import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args
from unicodedata import normalize

from ragcli.errors import UsageError
from ragcli.records import ChunkKind, DocumentType
from ragcli.retrieval.fields import BUILT_IN, kinds, metadata_keys

# Built-in fields, as expressions over the tables chunks (c) and documents (d); None: of these there may be several.
_FIELDS = {
    "title": "d.title",
    "author": "d.author",
    "date": "d.date",
    "lang": "coalesce(c.language, d.language)",
    "type": "d.type",
    "added": "d.added",
    "modified": "d.modified",
    "section": None,
    "kind": "c.kind",
    "page": "c.page",
    "path": None,
}
_COMPARISONS = {"$eq": "=", "$ne": "=", "$gt": ">", "$gte": ">=", "$lt": "<", "$lte": "<="}
# As exact as is known: 2024, 2024-05, 2024-05-17, with or without a time.
_ISO_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?:T.*)?")
_KINDS = {"date": ("a date", "2024-05-17"), "number": ("a number", "3"), "true or false": ("true or false", "true")}
# Fields of which all values are known: what each looks like.
_CLOSED = {
    "kind": (re.compile("|".join(get_args(ChunkKind)), re.IGNORECASE), f"a kind is {', '.join(get_args(ChunkKind))}"),
    "type": (
        re.compile("|".join(get_args(DocumentType)), re.IGNORECASE),
        f"a type is {', '.join(get_args(DocumentType))}",
    ),
    "lang": (re.compile(r"[a-z]{2,3}(?:-\w+)?", re.IGNORECASE), "a language is a code like fr"),
}
_SYMBOLS = {"=": "$eq", "==": "$eq", "!=": "$ne", ">=": "$gte", "<=": "$lte", ">": "$gt", "<": "$lt", "~": "$contains"}
_EXPRESSION = re.compile(r"\s*([\w.-]+)\s*(>=|<=|!=|==|=|>|<|~|\s(?:not\s+)?in(?=\s|$))\s*(.*)", re.DOTALL)
_ANOTHER = re.compile(r"\s(and|or|&&|\|\|)\s+[\w.-]+\s*(?:[=<>~]|!=|\s(?:not\s+)?in\s)", re.IGNORECASE)
_NUMBER = re.compile(
    r"[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE
)  # `0815` is text, as in metadata
_IS_NUMERAL = "v.type = 'text' AND v.value GLOB '*[0-9]*' AND v.value NOT GLOB '*[^0-9.-]*'"
_LISTED = re.compile(r"""\s*(?:"[^"]*"|'[^']*')\s*(?=,|$)|[^,]+""")


@dataclass(frozen=True, slots=True)
class Filter:
    """SQL that yields the ids of the selected chunks, with its parameters."""

    chunk_ids: str
    parameters: tuple[Any, ...] = ()


def and_among(column: str, where: Filter | None) -> tuple[str, tuple[Any, ...]]:
    """The SQL that narrows a condition to selected chunks, by the column of their ids, and its parameters; "" for all.

    The plus keeps SQLite from searching once for each of the chunks: 600 of 7,600 cost 138 ms without it, 2 with it.
    """
    return ("", ()) if where is None else (f"AND +{column} IN ({where.chunk_ids})", where.parameters)


def build_filter(sql: sqlite3.Connection, expressions: Sequence[str]) -> Filter | None:
    """Combine expressions, all of which must hold; None for none.

    What they select is found once, and kept in a temporary table of the connection until the next filter: a question is
    asked of it thirty times and more, and to ask the metadata of all documents anew took most of its time.

    Raises: UsageError naming the position for what can't be parsed, and the known fields for an unknown one.
    """
    if not expressions:
        return None
    builder = _Builder(sql, metadata_keys(sql))
    sql.execute("DROP TABLE IF EXISTS temp.selected")
    sql.execute("CREATE TEMPORARY TABLE selected (id INTEGER PRIMARY KEY)")
    try:
        conditions = [builder.condition(_parse(expression), expression) for expression in expressions]
        sql.execute(
            "INSERT INTO selected SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document_id"
            f" WHERE {_joined('AND', conditions)}",
            [_storable(each) for each in builder.parameters],
        )
    except (RecursionError, sqlite3.OperationalError) as error:
        if getattr(error, "sqlite_errorname", "SQLITE_ERROR") != "SQLITE_ERROR":
            raise  # of the index, not of what was asked
        raise UsageError(f"--where is too long, or nested too deeply ({error})", "ask for less at once") from None
    return Filter("SELECT id FROM selected")


def _joined(operator: str, conditions: Sequence[str]) -> str:
    """Conditions as a tree that is as deep as its logarithm: SQLite takes none that is deeper than 1000."""
    if len(conditions) == 1:
        return f"({conditions[0]})"
    middle = len(conditions) // 2
    return f"({_joined(operator, conditions[:middle])} {operator} {_joined(operator, conditions[middle:])})"


def _storable(value: Any) -> Any:
    """A value as the index could hold it: a number of 64 bits, a text without half a character."""
    if isinstance(value, int):
        return max(-(2**63), min(value, 2**63 - 1))
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def _parse(expression: str) -> dict[str, Any]:
    """Either form as the JSON form."""
    if expression.lstrip().startswith("{"):
        try:
            parsed = json.loads(expression)
        except ValueError as error:
            position = getattr(error, "pos", 0)
            raise UsageError(
                f"--where is no JSON at character {position + 1}: {expression}", 'write {"field": value}'
            ) from error
        if not isinstance(parsed, dict):
            raise UsageError(f"--where must be a JSON object: {expression}", 'write {"field": value}')
        return parsed
    match = _EXPRESSION.fullmatch(expression)
    if match is None:
        field = re.match(r"\s*[\w.-]*\s*", expression)
        at = field.end() + 1 if field else 1
        raise UsageError(
            f"--where: no operator at character {at} of '{expression}'", "write field=value with = != > >= < <= ~ or in"
        )
    name, symbol, value = match[1], match[2].strip(), match[3].strip()
    if not value or (symbol.endswith("in") and not value.strip(", ")):
        raise UsageError(
            f"--where: no value after '{symbol}' at character {match.end(2) + 1} of '{expression}'",
            "write field=value, or field in a,b",
        )
    if value[0] not in "\"'" and (another := _ANOTHER.search(value)):
        raise UsageError(
            f"--where: '{another[1]}' at character {match.start(3) + another.start(1) + 1} of '{expression}' begins another"
            " condition",
            'give each its own --where, all must hold; or write {"$or": [{"field": value}, {…}]}',
        )
    if symbol.endswith("in"):
        if value[0] in "([":
            raise UsageError(
                f"--where: '{value[0]}' at character {match.start(3) + 1} of '{expression}' is no value",
                f"write {name} in a,b",
            )
        operator = "$nin" if symbol.startswith("not") else "$in"
        return {name: {operator: [_typed(part.strip()) for part in _LISTED.findall(value)]}}
    if value[0] in "=<>!~":
        raise UsageError(
            f"--where: '{value[0]}' at character {match.start(3) + 1} of '{expression}' is no value",
            "write field=value with = != > >= < <= ~ or in; a value that begins so goes in quotes",
        )
    return {name: {_SYMBOLS[symbol]: _typed(value)}}


def _typed(text: str) -> str | int | float | bool:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if set(text) & set(".eE") else int(text)


def _place(source: str, at: int) -> str:
    return f"in {source}" if at < 0 else f"at character {at + 1} of {source}"  # JSON may write a letter as \u00e9


class _Builder:
    def __init__(self, sql: sqlite3.Connection, known: Sequence[str]) -> None:
        self.sql, self.known = sql, known
        self.parameters: list[Any] = []

    def condition(self, node: Any, source: str) -> str:
        if not isinstance(node, dict) or not node:
            raise UsageError(
                f"--where: '{node}' is no condition {_place(source, source.find(json.dumps(node)))}",
                'write {"field": {"$eq": value}}',
            )
        parts = []
        for key, value in node.items():
            if key in ("$and", "$or"):
                if not isinstance(value, list) or not value:
                    raise UsageError(
                        f"--where: {key} takes a list of conditions {_place(source, source.find(key))}",
                        f'write {{"{key}": [{{…}}, {{…}}]}}',
                    )
                inner = [self.condition(item, source) for item in value]
                parts.append(_joined("AND" if key == "$and" else "OR", inner))
            elif key == "$not":
                parts.append(f"NOT ({self.condition(value, source)})")
            elif key.startswith("$"):
                raise UsageError(
                    f"--where: unknown operator {key} {_place(source, source.find(key))}",
                    "known before fields: $and $or $not",
                )
            else:
                tests = value if isinstance(value, dict) else {"$eq": value}
                if not tests:
                    raise UsageError(
                        f"--where: no operator for '{key}' {_place(source, source.find(key))}",
                        f'write {{"{key}": {{"$eq": value}}}}',
                    )
                parts += [self._test(key, operator, operand, source) for operator, operand in tests.items()]
        return _joined("AND", [f"({part})" for part in parts])

    def _test(self, field: str, operator: str, operand: Any, source: str) -> str:
        if field not in _FIELDS and field not in self.known:
            fields = [*sorted(_FIELDS), *self.known]
            close = difflib.get_close_matches(field.casefold(), fields, 1)
            hint = f"did you mean {close[0]}? " if close else ""
            raise UsageError(
                f"--where: unknown field '{field}' {_place(source, source.find(field))}",
                f"{hint}known: {', '.join(fields)}",
            )
        if operand is None:
            raise UsageError(
                f"--where: null is no value {_place(source, source.find('null'))}",
                "leave the condition out, or name a value",
            )
        if operator == "$not":
            return f"NOT ({self.condition({field: operand}, source)})"
        if operator in ("$in", "$nin"):
            if not isinstance(operand, list):
                raise UsageError(
                    f"--where: {operator} takes a list {_place(source, source.find(operator))}",
                    f'write {{"{field}": {{"{operator}": [a, b]}}}}',
                )
            tests = [self._exists(field, "=", self._fitting(field, item, source)) for item in operand] or ["0"]
            joined = _joined("OR", tests)
            return f"NOT {joined}" if operator == "$nin" else joined
        if operator == "$contains":
            return self._contains(field, str(operand))
        if operator not in _COMPARISONS:
            known = " ".join([*_COMPARISONS, "$in", "$nin", "$contains", "$not"])
            raise UsageError(
                f"--where: unknown operator {operator} {_place(source, source.find(operator))}", f"known: {known}"
            )
        test = self._exists(field, _COMPARISONS[operator], self._fitting(field, operand, source))
        return f"NOT {test}" if operator == "$ne" else test

    def _fitting(self, field: str, operand: Any, source: str) -> Any:
        """The operand. Raises: UsageError when it is of another kind than all values of the field: it would match nothing."""
        if isinstance(operand, list | dict):
            shown = json.dumps(operand, ensure_ascii=False)
            raise UsageError(
                f"--where: {shown} is no single value {_place(source, source.rfind(shown))}",
                f'write {{"{field}": {{"$in": [a, b]}}}}',
            )
        wanted = {BUILT_IN[field][0]} if field in BUILT_IN else kinds(self.sql, field)
        is_bool, is_number = isinstance(operand, bool), isinstance(operand, int | float)
        is_date = not is_bool and _ISO_DATE.fullmatch(str(operand)) is not None
        fits = {"date": is_date, "number": is_number and not is_bool, "true or false": is_bool or operand in (0, 1)}
        if wanted <= fits.keys() and not any(fits[kind] for kind in wanted):
            shown = operand if isinstance(operand, str) else json.dumps(operand)
            what = " or ".join(_KINDS[kind][0] for kind in sorted(wanted))
            raise UsageError(
                f"--where: {field} is {what}, not '{shown}' {_place(source, source.rfind(shown))}",
                f"write it like {' or '.join(_KINDS[kind][1] for kind in sorted(wanted))}",
            )
        names, known = _CLOSED.get(field, (None, ""))
        if names and not names.fullmatch(str(operand)):
            raise UsageError(f"--where: no {field} is '{operand}' {_place(source, source.rfind(str(operand)))}", known)
        return operand

    def _exists(self, field: str, comparison: str, operand: Any) -> str:
        """True when any value of the field compares so: a metadata list holds several, a document has several paths."""
        if field == "path":
            if comparison == "=":  # also the end of a path, as `rag list` shows it, or a file's name
                # Accents may stand apart (NFD, as macOS writes names) or not; ASCII has none, and needs no call a file.
                path = "f.path" if str(operand).isascii() else "nfc(f.path)"
                self.parameters += [normalize("NFC", str(operand))] * 3
                same = f"{path} = ? OR substr({path}, -1 - length(?)) = '/' || ?"
                return f"EXISTS (SELECT 1 FROM files f WHERE f.document_id = d.id AND ({same}))"
            self.parameters.append(str(operand))
            return f"EXISTS (SELECT 1 FROM files f WHERE f.document_id = d.id AND f.path {comparison} ?)"
        if field == "section":
            self.parameters.append(str(operand))
            return f"EXISTS (SELECT 1 FROM json_each(c.section) v WHERE fold(v.value) {comparison} fold(?))"
        if field in BUILT_IN and BUILT_IN[field][0] == "date":
            return self._date(_FIELDS[field] or "", comparison, str(operand))
        is_number = isinstance(operand, int | float)
        if field == "page":
            self.parameters.append(operand)
            return f"coalesce(c.page {comparison} ?, 0)"
        if field in _FIELDS:  # text, also where it looks like a number: title=1984
            self.parameters.append(str(operand))
            column = _FIELDS[field]
            return f"coalesce(fold({column}) {comparison} fold(?), 0)"
        # Text beside a number never compares true, so `year>=2020` leaves out a year that was written as a word.
        inside = "EXISTS (SELECT 1 FROM json_each(d.meta, ?) v WHERE {})"
        self.parameters.append(f'$."{field}"')
        if is_number and not isinstance(operand, bool) and _ISO_DATE.fullmatch(str(operand)):
            self.parameters.append(operand)
            by_number = f"v.type IN ('integer', 'real') AND v.value {comparison} ?"
            is_date = "v.type = 'text' AND substr(v.value || '-', 1, 5) GLOB '[0-9][0-9][0-9][0-9]-'"
            return inside.format(f"({by_number}) OR ({is_date} AND {self._date('v.value', comparison, str(operand))})")
        if is_number:
            by_number = f"v.type IN ('integer', 'real', 'true', 'false') AND v.value {comparison} ?"
            # The values of a list are texts, and so is `0042`, which is not 42.
            by_text = (
                "v.type = 'text' AND v.value = ?"
                if comparison == "="
                else f"{_IS_NUMERAL} AND v.value + 0 {comparison} ?"
            )
            self.parameters += [operand, str(operand) if comparison == "=" else operand]
            return inside.format(f"({by_number}) OR ({by_text})")
        if _ISO_DATE.fullmatch(str(operand)):
            return inside.format(f"v.type = 'text' AND {self._date('v.value', comparison, str(operand))}")
        self.parameters.append(str(operand))
        return inside.format(f"v.type = 'text' AND fold(v.value) {comparison} fold(?)")

    def _date(self, column: str, comparison: str, operand: str) -> str:
        """Dates as text, compared as exactly as the operand is: 2024-05-17 is in 2024, hence <= 2024 and not > 2024."""
        self.parameters += [len(operand), operand]
        return f"coalesce(substr({column}, 1, ?) {comparison} ?, 0)"

    def _contains(self, field: str, operand: str) -> str:
        """A list holds the value, or a text holds the words, case and accents aside."""
        if field == "path":
            self.parameters.append(operand)
            return "EXISTS (SELECT 1 FROM files f WHERE f.document_id = d.id AND instr(fold(f.path), fold(?)))"
        if field == "section":
            self.parameters.append(operand)
            return "EXISTS (SELECT 1 FROM json_each(c.section) v WHERE instr(fold(v.value), fold(?)))"
        if field in _FIELDS:
            self.parameters.append(operand)
            return f"coalesce(instr(fold({_FIELDS[field]}), fold(?)), 0)"
        self.parameters += [f'$."{field}"', operand]
        return "EXISTS (SELECT 1 FROM json_each(d.meta, ?) v WHERE instr(fold(v.value), fold(?)))"
