"""`--where` over a real catalog: both forms, all operators, types, messages."""

import json
from collections.abc import Iterator

import pytest

from ragcli.errors import UsageError
from ragcli.records import Chunk, Document, Value
from ragcli.retrieval.fields import fields
from ragcli.retrieval.filters import build_filter
from ragcli.storage.catalog import Catalog

DOCUMENTS: list[tuple[str, dict[str, Value], str, str, str]] = [  # name, metadata, date, language, title
    (
        "a",
        {"genre": "Music", "year": 2019, "tags": ["loud", "live"], "signed": "2019-12-31"},
        "2019-05",
        "en",
        "The Drum",
    ),
    (
        "b",
        {"genre": "history", "year": 2021, "open": True, "signed": "2021-01-05"},
        "2021-02-03",
        "fr",
        "L'Été à Paris",
    ),
    ("c", {"genre": "history", "year": "unknown", "tags": ["live"], "sizes": ["5", "12"]}, "2024", "en", "1984"),
    ("d", {"code": "0042"}, "2024-05-17", "de", "Nichts"),
]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    opened = Catalog(tmp_path_factory.mktemp("catalog"), create=True)
    with opened.transaction():
        for number, (name, meta, date, language, title) in enumerate(DOCUMENTS):
            document = Document("pdf", (), title, None, date, language, meta=meta)
            document_id = opened.add_document(document, name, 1, "2025-01-01T00:00:00+00:00")
            opened.sql.execute(
                "INSERT INTO files (path, document_id, size, mtime_ns) VALUES (?, ?, 1, 1)",
                (f"/law/{name}.pdf", document_id),
            )
            chunk = Chunk(name, name, pages=(number + 1,), section=("Part", f"{title} §{number}"), language=language)
            opened.add_chunks(document_id, [chunk], opened.add_vectors([name.encode()]).tolist())
    yield opened
    opened.close()


def found(catalog: Catalog, *expressions: str) -> str:
    built = build_filter(catalog.sql, expressions)
    assert built is not None
    rows = catalog.sql.execute(f"SELECT text FROM chunks WHERE id IN ({built.chunk_ids}) ORDER BY id", built.parameters)
    return "".join(row[0] for row in rows)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("genre=music", "a"),
        ("genre!=music", "bcd"),
        ("genre in music,history", "abc"),
        ("genre not in music", "bcd"),
        ("year>=2020", "b"),
        ("year<2020", "a"),
        ("year=unknown", "c"),
        ("tags=live", "ac"),
        ("tags~LIV", "ac"),
        ("tags!=loud", "bcd"),
        ("open=true", "b"),
        ("signed>=2020", "b"),
        ("signed<=2019", "a"),
        ("signed>2019-06", "ab"),
        ("lang!=en", "bd"),
        ("title~ete", "b"),
        ("title=1984", "c"),
        ("title='1984'", "c"),
        ("date=2024", "cd"),
        ("date>=2030", ""),
        ("date<=2019", "a"),
        ("date>2021-02-03", "cd"),
        ("added>2020", "abcd"),
        ("modified=2025-01", "abcd"),
        ("page>2", "cd"),
        ("page in 1,4", "ad"),
        ("path~law/b", "b"),
        ("path=/law/c.pdf", "c"),
        ("path=c.pdf", "c"),
        ("path in law/a.pdf,b.pdf", "ab"),
        ("path!=c.pdf", "abd"),
        ("path=aw/c.pdf", ""),
        ("genre in 'music, soft', history", "bc"),
        ("title=War and Peace", ""),
        ("section=Part", "abcd"),
        ("section~§2", "c"),
        ("section=part", "abcd"),
        ("section~l’ete", "b"),
        ("title~l’été", "b"),
        ("kind=text", "abcd"),
        ("type=PDF", "abcd"),
        ("type=docx", ""),
        ("code=0042", "d"),
        ("code=42", ""),
        ("sizes=5", "c"),
        ("sizes in 4,12", "c"),
        ("sizes>10", "c"),
        ("sizes>100", ""),
        ("genre>5", ""),
    ],
)
def test_the_short_form(catalog: Catalog, expression: str, names: str) -> None:
    assert found(catalog, expression) == names


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ({"genre": "history"}, "bc"),
        ({"genre": {"$eq": "history"}, "lang": {"$ne": "fr"}}, "c"),
        ({"year": {"$gt": 2018, "$lt": 2021}}, "a"),
        ({"year": {"$gte": 2019, "$lte": 2021}}, "ab"),
        ({"genre": {"$in": ["music", "history"]}}, "abc"),
        ({"genre": {"$nin": ["music", "history"]}}, "d"),
        ({"genre": {"$in": []}}, ""),
        ({"tags": {"$contains": "live"}}, "ac"),
        ({"$or": [{"lang": "de"}, {"year": 2019}]}, "ad"),
        ({"$and": [{"lang": "en"}, {"tags": "live"}]}, "ac"),
        ({"$not": {"$or": [{"lang": "de"}, {"year": 2019}]}}, "bc"),
        ({"open": True}, "b"),
        ({"year": {"$not": {"$gt": 2019}}}, "acd"),
    ],
)
def test_the_json_form(catalog: Catalog, condition: dict[str, object], names: str) -> None:
    assert found(catalog, json.dumps(condition)) == names


def test_several_must_all_hold(catalog: Catalog) -> None:
    assert found(catalog, "genre=history", '{"lang": "en"}') == "c"
    assert build_filter(catalog.sql, []) is None


@pytest.mark.parametrize(
    ("expression", "parts"),
    [
        ("gnre=x", ("'gnre' at character 1", "did you mean genre?", "known: added, author")),
        ("LANG=fr", ("'LANG' at character 1", "did you mean lang?")),
        ("date=2023-31-12", ("date is a date, not '2023-31-12'",)),
        ('{"page": true}', ("page is a number, not 'true' at character 10",)),
        ("year", ("no operator at character 5",)),
        ("year>", ("no value after '>' at character 6",)),
        ("genre in ,", ("no value after 'in' at character 9",)),
        ("kind=tabel", ("no kind is 'tabel' at character 6", "text, table, equation, figure")),
        ("kind in text,tabel", ("no kind is 'tabel' at character 14",)),
        ("lang=french", ("no lang is 'french' at character 6", "like fr")),
        ("year>>3", ("'>' at character 6",)),
        ("page=abc", ("page is a number, not 'abc' at character 6",)),
        ("type=word", ("no type is 'word' at character 6", "pdf, docx")),
        ("added>yesterday", ("added is a date, not 'yesterday' at character 7", "2024-05-17")),
        ("signed>17/05/2018", ("signed is a date",)),
        ("open=maybe", ("open is true or false",)),
        ("year>=2018 AND year<=2019", ("'AND' at character 12", "begins another condition")),
        ("genre in (music)", ("'(' at character 10", "write genre in a,b")),
        ("genre in", ("no value after 'in'",)),
        ('{"genre": {}}', ("no operator for 'genre' at character 3",)),
        ('{"genre": ["music"]}', ("no single value at character 11", "$in")),
        ('{"year": {"$foo": 1}}', ("unknown operator $foo at character 12", "$contains")),
        ('{"year" 1}', ("no JSON at character 9",)),
        ('{"$and": {}}', ("$and takes a list of conditions at character 3",)),
        ('{"$nor": []}', ("unknown operator $nor at character 3",)),
        ('{"year": null}', ("null is no value at character 10",)),
        ('{"genre": {"$in": "music"}}', ("$in takes a list at character 13",)),
    ],
)
def test_what_is_wrong_is_said(catalog: Catalog, expression: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as raised:
        build_filter(catalog.sql, [expression])
    for part in parts:
        assert part in str(raised.value)


def test_hostile_values_are_values(catalog: Catalog) -> None:
    assert found(catalog, json.dumps({"genre": "x' OR '1'='1"})) == ""
    assert found(catalog, json.dumps({"title": {"$contains": "%"}})) == ""


def test_fields_are_listed_with_type_and_examples(catalog: Catalog) -> None:
    by_name = {field.name: field for field in fields(catalog.sql)}
    assert "author" not in by_name  # no document has one
    assert (by_name["genre"].type, by_name["genre"].values, by_name["genre"].examples) == (
        "text",
        2,
        ("history", "Music"),
    )
    assert by_name["tags"].type == "text, list"
    assert by_name["year"].type == "number or text"
    assert (by_name["open"].type, by_name["open"].examples) == ("true or false", ("true",))
    assert by_name["signed"].type == "date"
    assert by_name["page"].values == 4


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        (f"year<{10**30}", "ab"),
        (f"year>-{10**30}", "ab"),
        (f"page={10**30}", ""),
        ('{"year": {"$gt": -1e999}}', "ab"),
        ('{"title": "\\ud800"}', ""),  # half a character, as JSON can write it
        ("title in " + ",".join(map(str, range(1000, 4000))), "c"),
        (json.dumps({"$or": [{"title": str(n)} for n in range(1000, 4000)]}), "c"),
    ],
)
def test_what_no_index_could_hold_matches_nothing_or_all(catalog: Catalog, expression: str, names: str) -> None:
    assert found(catalog, expression) == names


@pytest.mark.parametrize("depth", [900, 20_000])
def test_what_is_nested_too_deeply_is_no_fault_of_the_index(catalog: Catalog, depth: int) -> None:
    with pytest.raises(UsageError, match="nested too deeply"):
        build_filter(catalog.sql, ['{"$not":' * depth + '{"page": 1}' + "}" * depth])
