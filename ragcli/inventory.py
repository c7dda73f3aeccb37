"""Every model on this machine, of all kinds, as `rag models` lists them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ragcli.answering.llm.gguf import read_facts
from ragcli.answering.llm.gguf_files import called, find_gguf, installed, models_folder
from ragcli.disk import sha256_of
from ragcli.embedding.model_files import read_model_files
from ragcli.embedding.models import ENGLISH, MULTILINGUAL, find_model
from ragcli.errors import ModelError
from ragcli.hub import known_sums, pulled_folders
from ragcli.retrieval.cross_encoder import is_cross_encoder
from ragcli.settings import Settings

Kind = Literal["language", "embedding", "reranking"]


@dataclass(frozen=True, slots=True)
class Installed:
    """One model. `problem` says why it cannot be used."""

    name: str
    kind: Kind
    path: str
    bytes: int = 0
    parameters: int | None = None
    quantisation: str | None = None
    context_length: int | None = None  # tokens that it can read at once
    chat_template: bool | None = None
    memory_bytes: int | None = None  # needed at `context_tokens`
    context_tokens: int | None = None
    in_use: bool = False
    problem: str | None = None


def list_models(home: Path, settings: Settings) -> list[Installed]:
    """Language models, then embedding models and cross-encoders. Nothing is loaded."""
    used = _used_file(home, settings)
    language = [_language_model(path, settings, path == used) for path in installed(home)]
    names = [ENGLISH, MULTILINGUAL]
    folder = models_folder(home)
    names += sorted(path.parent.name for path in folder.glob("*/config.json") if path.parent.name not in names)
    embedding = [one for name in names if (one := _embedding_model(name, home, settings)) is not None]
    return [*language, *embedding]


def model_info(name: str, home: Path, settings: Settings) -> Installed:
    """One model by its name, a part of it that only one has, or a path.

    Raises: ModelError when it is nowhere, or a part may mean several.
    """
    known = list_models(home, settings)
    for one in known:
        if name.lower() in (one.name.lower(), one.path.lower(), Path(one.path).name.lower()):
            return one
    if Path(name).is_dir():
        return _folder(Path(name), settings)
    is_path = Path(name).exists() or len(Path(name).parts) > 1
    if not is_path and (found := called(name, [(one.name, one) for one in known])) is not None:
        return found
    path = find_gguf(name, home)
    read_facts(path)  # says what is wrong with it
    return _language_model(path, settings, False)


def verify_models(home: Path, settings: Settings, name: str | None = None) -> list[tuple[str, str | None]]:
    """(model or file, what is wrong with it or None): headers are read, and sums compared where they are known."""
    chosen = [model_info(name, home, settings)] if name else list_models(home, settings)
    files: list[tuple[Path, str | None]] = []
    for folder in pulled_folders(models_folder(home)):
        for file, expected in known_sums(folder).items():
            path = folder / file
            if name and not any(one.path == str(path) or path.is_relative_to(one.path) for one in chosen):
                continue
            if not path.is_file():
                # One of a model's files; a whole model that is gone was removed by its owner.
                if folder != models_folder(home):
                    files.append((path, "is gone; pull it again"))
            else:
                is_same = sha256_of(path) == expected
                files.append((path, None if is_same else "was changed since it was pulled; pull it again"))
    wrong = [path for path, problem in files if problem]
    # No model is called whole beside a file of it that is not.
    models = [one for one in chosen if one.problem or not any(path.is_relative_to(one.path) for path in wrong)]
    return [*((one.name, one.problem) for one in models), *((str(path), problem) for path, problem in files)]


def _used_file(home: Path, settings: Settings) -> Path | None:
    if settings.answering.base_url is not None:
        return None
    try:
        return find_gguf(settings.answering.model, home)
    except ModelError:
        return None  # none is: the list says so by marking none


def _language_model(path: Path, settings: Settings, in_use: bool) -> Installed:
    try:
        facts = read_facts(path)
    except ModelError as error:
        size = path.stat().st_size if path.is_file() else 0
        return Installed(path.stem, "language", str(path), bytes=size, in_use=in_use, problem=str(error))
    tokens = min(settings.answering.context_tokens, facts.context_length or settings.answering.context_tokens)
    return Installed(
        name=path.stem,
        kind="language",
        path=str(path),
        bytes=facts.size,
        parameters=facts.parameters,
        quantisation=facts.quantisation,
        context_length=facts.context_length or None,
        chat_template=facts.chat_template is not None,
        memory_bytes=facts.memory_needed(tokens),
        context_tokens=tokens,
        in_use=in_use,
        problem=None if facts.chat_template else "has no chat template: a base model cannot follow instructions",
    )


def _embedding_model(name: str, home: Path, settings: Settings) -> Installed | None:
    try:
        files = find_model(name, home)
    except ModelError as error:
        return None if name in (ENGLISH, MULTILINGUAL) else Installed(name, "embedding", "", problem=str(error))
    return _folder(files.folder, settings, name)


def _folder(folder: Path, settings: Settings, name: str | None = None) -> Installed:
    files = read_model_files(folder, name or folder.resolve().name)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    wanted = settings.embedding.model
    in_use = settings.embedding.base_url is None and wanted in ("auto", files.name, str(folder))
    kind: Kind = "embedding"
    if is_cross_encoder(files):
        kind = "reranking"
        in_use = (settings.rerank.model or "").rpartition("/")[2] == files.name
    return Installed(files.name, kind, str(folder), bytes=size, context_length=files.max_tokens, in_use=in_use)
