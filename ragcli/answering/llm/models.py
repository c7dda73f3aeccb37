"""Which language model a configuration means: none, a GGUF file in this process, or a service."""

from pathlib import Path

from ragcli.answering.llm.generator import Generator
from ragcli.errors import UsageError
from ragcli.settings import Answering
from ragcli.shown import shown_url


def load_generator(settings: Answering, home: Path, offline: bool) -> Generator | None:
    """The model that writes answers, nothing of it loaded yet and nothing sent; None when quotes answer.

    Raises: UsageError when it is a service and `offline` forbids it; ModelError when a file is missing or damaged.
    """
    # The embedded model only proves the path: style auto never lets it speak.
    is_named = settings.model is not None or settings.base_url is not None
    if settings.style == "quotes" or (settings.style == "auto" and not is_named):
        return None
    return load_writer(settings, home, offline)


def load_writer(settings: Answering, home: Path, offline: bool = False) -> Generator:
    """The model that style generate takes: the one named, else the embedded one. Raises: as `load_generator`."""
    if settings.base_url is not None:
        if settings.grammar is not None:
            raise UsageError(
                f"answering.grammar can't be kept by {shown_url(settings.base_url)}",
                "leave it out, or take a GGUF model",
            )
        from ragcli.answering.llm.service import ServiceGenerator

        if offline:
            what = f"--offline: text would be generated at {shown_url(settings.base_url)}"
            raise UsageError(what, "leave out --offline, or take --style quotes and retrieval.rewrite none")
        return ServiceGenerator(settings)
    from ragcli.answering.llm.llama import LlamaGenerator

    return LlamaGenerator(settings, home)
