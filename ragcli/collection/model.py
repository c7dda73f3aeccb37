"""The embedding model of a collection: chosen once, recorded with its fingerprint, checked at every use."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ragcli.embedding.language_probe import KNOWN, PROBED, share_right
from ragcli.embedding.model_files import ModelFiles
from ragcli.embedding.models import LANGUAGES, MULTILINGUAL, choose_model, find_model, load_embedder
from ragcli.embedding.protocol import Embedder
from ragcli.errors import StoreError, UsageError
from ragcli.records import Document
from ragcli.retrieval.across import Trust, question_language, spoken
from ragcli.retrieval.search import DENSE_WEIGHT
from ragcli.settings import Embedding, Settings
from ragcli.shown import shown_url
from ragcli.storage.catalog import Catalog

if TYPE_CHECKING:
    from ragcli.embedding.service import ServiceEmbedder

# Embedded when a collection is made; a writer whose runtime gives other vectors for them must not add to it.
PROBES = ("The delivery is late.", "Le contrat prend fin le 31 décembre 2023.", "x²+y²=z² (4.2 %)", "水")
_PROBE_COSINE = 0.999
_CHARACTERS_OF_EACH = 20_000  # of a document that are looked at, so that a long one does not outvote the rest
_FEW_WORDS, _LATIN = 3, re.compile(r"[a-z]", re.IGNORECASE)
UNKNOWN_LANGUAGE_WEIGHT = 0.25  # of the dense ranking where the model was never trained on the language


def demand_allowed(settings: Settings) -> None:
    """Raises: UsageError when texts are embedded at a service, and the settings say offline."""
    if settings.offline and settings.embedding.base_url is not None:
        what = f"--offline: text would be embedded at {shown_url(settings.embedding.base_url)}"
        raise UsageError(what, "leave out --offline; rag query --mode lexical embeds nothing")


def record_model(
    catalog: Catalog, settings: Embedding, home: Path, languages: dict[str, float]
) -> tuple[Embedder, str]:
    """Choose the model of a new collection and write it into the catalog; return it and one line for people."""
    embedder, record, why = load_model(settings, home, languages)
    with catalog.transaction():
        write_model(catalog, record, embedder)
    return embedder, f"embedding model: {embedder.name} ({why})"


def load_model(settings: Embedding, home: Path, languages: dict[str, float]) -> tuple[Embedder, dict[str, Any], str]:
    """The model that the settings mean for documents in these languages, its record for the catalog, and why this one."""
    if settings.base_url is not None:
        from ragcli.embedding.service import ServiceEmbedder

        service = ServiceEmbedder(settings)
        return service, _service_record(service, settings), f"at {service.endpoint.host}"
    if settings.model == "auto":
        name, why = choose_model(languages)
    else:
        name, why = settings.model, "the configuration names it"
    files = find_model(name, home)
    embedder = load_embedder(files, settings)
    return embedder, _record(files, embedder), why


def write_model(catalog: Catalog, record: dict[str, Any], embedder: Embedder) -> None:
    """Record a model inside the caller's transaction."""
    catalog.set("model", record)
    catalog.set("probes", embedder.embed_documents(PROBES).tolist())


def _record(files: ModelFiles, embedder: Embedder) -> dict[str, Any]:
    return {
        "name": files.name,
        "folder": str(files.folder),
        "fingerprint": files.fingerprint(),
        "stamp": stamp(files),
        "dimension": embedder.dimension,
        "max_tokens": files.max_tokens,
        "prompts": files.prompts,
        "pooling": files.pooling,
        "languages": list(LANGUAGES.get(files.name, files.languages)),
    }


def _service_record(embedder: "ServiceEmbedder", settings: Embedding) -> dict[str, Any]:
    return {
        "name": embedder.name,
        "base_url": settings.base_url,
        "dimension": embedder.dimension,
        "max_tokens": embedder.max_tokens,
        "prompts": embedder.prompts,
    }


def model_record(catalog: Catalog, collection: str) -> dict[str, Any]:
    """What is known of the model that the collection was made with. Raises: StoreError (exit code 4) when it is empty."""
    record: dict[str, Any] | None = catalog.setting("model")
    if record is None:
        raise StoreError(f"collection '{collection}' is empty", f"fill it: rag ingest PATH -c {collection}")
    return record


def recorded_model(catalog: Catalog, settings: Embedding, home: Path, collection: str) -> Embedder:
    """Load the model that the collection was made with.

    Raises: StoreError (exit code 4) when the configuration names another one, or its files were altered since; ModelError
        when it names one that is not on this machine.
    """
    record = model_record(catalog, collection)
    wanted = settings.model
    name = Path(wanted).resolve().name if Path(wanted).is_dir() else wanted.rsplit("/", 1)[-1]  # as `find_model` has it
    if wanted != "auto" and name != record["name"]:
        if settings.base_url is None:
            find_model(wanted, home)  # one that is nowhere can't re-embed either
        raise StoreError(
            f"collection '{collection}' was indexed with {record['name']}, the configuration names {wanted}",
            f"re-embed it: rag index --rebuild -c {collection}",
        )
    if settings.base_url is not None or "base_url" in record:
        return _recorded_service(catalog, record, settings, collection)
    files = _recorded_files(record, settings, home)
    # The hash of 90 MB and more costs more than the search: it is taken only when size or time of the weights differ.
    if stamp(files) != record["stamp"] and files.fingerprint() != record["fingerprint"]:
        raise StoreError(
            f"the files of {record['name']} are not those that collection '{collection}' was indexed with",
            f"re-embed it: rag index --rebuild -c {collection}",
        )
    return load_embedder(files, settings)


def _recorded_service(catalog: Catalog, record: dict[str, Any], settings: Embedding, collection: str) -> Embedder:
    """Raises: StoreError when only one of record and settings is a service, or the server gives other vectors."""
    if settings.base_url is None:
        raise StoreError(
            f"collection '{collection}' was embedded at {shown_url(record['base_url'])}",
            f"set embedding.base_url, or re-embed it: rag index --rebuild -c {collection}",
        )
    if "base_url" not in record:
        raise StoreError(
            f"collection '{collection}' was embedded on this machine, the configuration names {shown_url(settings.base_url)}",
            f"re-embed it: rag index --rebuild -c {collection}",
        )
    from ragcli.embedding.service import ServiceEmbedder

    embedder = ServiceEmbedder(settings)
    if settings.base_url != record["base_url"]:
        check_probes(catalog, embedder, collection)
    return embedder


def refresh_stamp(catalog: Catalog, settings: Embedding, home: Path) -> None:
    """Remember size and time of weights whose hash was just found equal, so that queries need not hash them again."""
    record = catalog.setting("model")
    if "base_url" in record:
        return
    files = _recorded_files(record, settings, home)
    if stamp(files) != record["stamp"]:
        with catalog.transaction():
            catalog.set("model", record | {"stamp": stamp(files), "folder": str(files.folder)})


def _recorded_files(record: dict[str, Any], settings: Embedding, home: Path) -> ModelFiles:
    if settings.model != "auto":
        return find_model(settings.model, home)
    found = find_model(record["folder"] if Path(record["folder"]).is_dir() else record["name"], home)
    return replace(found, name=record["name"])  # a folder may be called otherwise, and measurements go by the name


def check_probes(catalog: Catalog, embedder: Embedder, collection: str) -> None:
    """Raises: StoreError when the runtime at hand gives other vectors than the one that made the collection."""
    stored = np.array(catalog.setting("probes"), np.float32)
    cosine = float((stored * embedder.embed_documents(PROBES)).sum(axis=1).min())
    if cosine < _PROBE_COSINE:
        raise StoreError(
            f"{embedder.name} now gives other vectors than when collection '{collection}' was made (cosine {cosine:.3f})",
            f"re-embed it: rag index --rebuild -c {collection}",
        )


def stamp(files: ModelFiles) -> list[int]:
    """Size and time of a model's weights: while these stay, its hash is not taken again."""
    status = files.weights.stat() if files.weights.is_file() else files.folder.stat()
    return [status.st_size, status.st_mtime_ns]


def probe_languages(catalog: Catalog, embedder: Embedder) -> None:
    """Find out once per model and language whether it knows the languages of the documents; needs a transaction.

    What a model declares is believed; one at a service is not asked. The answer is kept beside the fingerprint.
    """
    record = catalog.setting("model")
    if "base_url" in record or record.get("languages") or record["name"] == MULTILINGUAL:
        return
    probed: dict[str, float] = record.get("probed", {})
    unasked = [one for one in spoken(catalog.setting("languages") or {}) if one in PROBED and one not in probed]
    if unasked:
        found = {language: share_right(embedder, language) for language in unasked}
        catalog.set("model", record | {"probed": probed | found})


def trust_in_model(
    catalog: Catalog, question: str, dense_weight: float | None, languages: Sequence[str] | None = None
) -> Trust:
    """How far to trust the dense ranking against the lexical one, by whether the model knows the question's language.

    all-MiniLM-L6-v2 knows English only: on French an equal vote drags hybrid search from 0.79 to 0.63 nDCG@10. Where the
    question's language is not told, the languages of the documents count by their shares.

    Args:
        dense_weight: as configured; None: by this.
        languages: of all documents that are asked; None: of the catalog's.
    """
    record, own = catalog.setting("model") or {}, spoken(catalog.setting("languages") or {})
    asked_in = question_language(question, own if languages is None else languages)
    is_known = asked_in is None or _knows(record, asked_in)
    if dense_weight is None:
        unknown = float(not is_known) if asked_in else sum(_foreign(catalog).values())
        dense_weight = DENSE_WEIGHT * (1 - (1 - UNKNOWN_LANGUAGE_WEIGHT) * unknown)
    others = {one for one in own if one != asked_in and _knows(record, one)} if asked_in and is_known else set()
    return Trust(dense_weight, others)


def _knows(record: dict[str, Any], language: str) -> bool:
    """By what the model declares, else by the probe; one that was not probed is believed to."""
    declared: list[str] | None = record.get("languages")
    return language in declared if declared else record.get("probed", {}).get(language, 1.0) >= KNOWN


def _foreign(catalog: Catalog) -> dict[str, float]:
    """The shares of the languages that the model does not know."""
    record = catalog.setting("model") or {}
    shares: dict[str, float] = catalog.setting("languages") or {}
    return {language: share for language, share in shares.items() if not _knows(record, language)}


def language_warning(catalog: Catalog, collection: str) -> str | None:
    """One line when the documents are no longer in the languages that the model knows."""
    record, foreign = catalog.setting("model") or {}, _foreign(catalog)
    if sum(foreign.values()) <= 0.05:
        return None
    worst = max(foreign, key=lambda language: foreign[language])
    return (
        f"{foreign[worst]:.0%} of the text is in '{worst}', which {record['name']} does not know;"
        f" re-embed with {MULTILINGUAL}: rag index --rebuild -c {collection}"
    )


def question_warning(catalog: Catalog, question: str, embedder: Embedder, collection: str) -> tuple[str, ...]:
    """One line when the question is in a language that the model does not know, but the documents: then nothing is near it.

    A few words are of no language: `Voltaire`. A model that declares none was not probed for that of a question before.
    """
    from ragcli.reading.language import language_of_question  # here: it loads a model

    record = catalog.setting("model") or {}
    own = spoken(catalog.setting("languages") or {})
    asked_in = language_of_question(question, own)
    is_few = len(question.split()) < _FEW_WORDS and _LATIN.search(question) is not None
    if "base_url" in record or record.get("name") == MULTILINGUAL or is_few or asked_in is None or asked_in in own:
        return ()
    if asked_in in PROBED and not record.get("languages"):
        record = record | {"probed": {asked_in: share_right(embedder, asked_in)}}
    if _knows(record, asked_in):
        return ()
    mend = f"rag index --rebuild --model {MULTILINGUAL} -c {collection}"
    return (f"the question is in '{asked_in}', which {record['name']} does not know; embed with another model: {mend}",)


def language_shares(documents: Sequence[Document]) -> dict[str, float]:
    """The share of each language among the characters that were looked at and are known to be in one."""
    from ragcli.reading.language import settled  # here: it loads a model, which no question needs

    characters: Counter[str] = Counter()
    for document in documents:
        blocks = [block for page in document.pages for block in page.blocks]
        for block in blocks[:: 1 + document.characters // _CHARACTERS_OF_EACH]:
            if language := settled(document.language, block.text):
                characters[language] += len(block.text)
    return {language: count / (characters.total() or 1) for language, count in characters.items()}
