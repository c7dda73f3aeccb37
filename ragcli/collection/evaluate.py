"""A collection, or several as one, as `ragcli.evaluation` asks it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ragcli.answering.llm.generator import is_able
from ragcli.collection.ask import Askable
from ragcli.config import flat
from ragcli.errors import UsageError
from ragcli.evaluation import run as evaluation
from ragcli.evaluation.draft import Source
from ragcli.evaluation.judge import ModelJudge
from ragcli.evaluation.questions import Question
from ragcli.evaluation.run import Evaluation
from ragcli.records import Answer, Found
from ragcli.storage.catalog import Catalog, unpack_blocks


@dataclass(frozen=True)
class AskedCollection:
    """An open collection, or several as one, with their catalogs, and the conditions under which all questions are put."""

    collection: Askable
    catalogs: Sequence[Catalog]
    k: int
    where: Sequence[str]
    answer: Callable[[str], Answer] | None  # None: only search

    def query(self, question: str) -> Found:
        return self.collection.query(question, self.k, where=self.where, order="score")

    def ask(self, question: str) -> Answer:
        assert self.answer is not None
        return self.answer(question)

    @cached_property
    def _documents(self) -> dict[str, tuple[int, int]]:
        """Of each file the place of its catalog, of the first that has it, and its id there."""
        found: dict[str, tuple[int, int]] = {}
        for at, catalog in enumerate(self.catalogs):
            for path, document_id in catalog.sql.execute(
                "SELECT path, document_id FROM files WHERE document_id IS NOT NULL ORDER BY path"
            ):
                found.setdefault(path, (at, int(document_id)))
        return found

    def paths(self) -> Sequence[str]:
        return list(self._documents)

    def document_text(self, path: str) -> tuple[int, str]:
        at, document_id = self._documents[path]
        rows = self.catalogs[at].sql.execute(
            "SELECT blocks FROM pages WHERE document_id = ? ORDER BY ordinal", (document_id,)
        )
        return document_id * len(self.catalogs) + at, "\n".join(
            block.text for (packed,) in rows for block in unpack_blocks(packed)
        )

    def last_page(self, path: str) -> int:
        at, document_id = self._documents[path]
        (last,) = (
            self.catalogs[at]
            .sql.execute("SELECT coalesce(max(number), 0) FROM pages WHERE document_id = ?", (document_id,))
            .fetchone()
        )
        return int(last)

    def file_text(self, path: str) -> str:
        try:
            return Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"a span counts characters of {path}, which is no readable text file",
                'give the words themselves: ["file", "words"]',
            ) from error


def evaluate(
    collection: Askable,
    catalogs: Sequence[Catalog],
    questions: Sequence[Question],
    answer: Callable[[str], Answer] | None,
    where: Sequence[str],
    on_progress: Callable[[int, int], None] | None,
) -> Evaluation:
    """Put all questions to a collection, or to several as one; the evaluation tells under which settings."""
    k = collection.settings.retrieval.k
    asked = AskedCollection(collection, catalogs, k, where, answer)
    judge = ModelJudge(collection.rewriter()) if collection.settings.evaluation.judge == "model" and answer else None
    run = evaluation.evaluate(questions, asked, collection.name, k, answer is not None, on_progress, judge)
    able = collection.settings.answering.able_parameters
    if judge and not is_able(judge.generator, able):
        told = (
            f"{judge.generator.name} is small for a judge, its verdicts may say less than word coverage does: models of"
        )
        run = replace(run, warnings=(*run.warnings, f"{told} {able:,} parameters or more are trusted"))
    if judge and judge.unclear:
        told = f"{judge.unclear} verdicts of {judge.generator.name} were neither yes nor no, and count as no"
        run = replace(run, warnings=(*run.warnings, told))
    used = flat(collection.settings)
    shown = {key: value for key, value in used.items() if key.startswith(("retrieval.", "answering.", "evaluation."))}
    models = [(catalog.setting("model") or {}).get("name") for catalog in catalogs]
    model = ",".join(dict.fromkeys(filter(None, models))) or None
    return replace(run, settings=shown | {"where": list(where), "embedding.model": model})


def sources(catalog: Catalog) -> list[Source]:
    """Every passage of text and every figure, in the order of the documents."""
    rows = catalog.sql.execute(
        "SELECT (SELECT min(path) FROM files WHERE document_id = d.id), c.page, c.text, coalesce(c.language, d.language),"
        " c.kind = 'figure', c.section"
        " FROM chunks c JOIN documents d ON d.id = c.document_id WHERE c.kind IN ('text', 'figure') ORDER BY d.id, c.ordinal"
    )
    return [
        Source(path, page, text, language, bool(is_figure), tuple(json.loads(section)))
        for path, page, text, language, is_figure, section in rows
    ]
