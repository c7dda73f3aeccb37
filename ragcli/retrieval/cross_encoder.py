"""Cross-encoders by name or folder: BERT-shaped ones by OpenVINO, any other by sentence-transformers itself."""

import json
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ragcli.disk import write_whole
from ragcli.embedding.bert_weights import Head, load_bert, load_head
from ragcli.embedding.model_files import ModelFiles, read_model_files
from ragcli.embedding.models import device_for, hub_cache
from ragcli.embedding.reference import prepare
from ragcli.errors import ModelError
from ragcli.retrieval.rerank import Reranker

_OWNER = "cross-encoder"  # of the hub, for names that say none
_TASKS = ("ForSequenceClassification", "ForCausalLM")  # what a cross-encoder is stored as
AGREE = 1e-3  # the largest difference between two ways to run a model that still counts as none
# Scored once by both ways: short and long, other scripts, a text that is cut.
_PROBES = (
    "The delivery is late.",
    "Le contrat prend fin le 31 décembre 2023 ; il n'est pas reconduit.",
    "x²+y²=z² (4.2 %)",
    "水を飲む。",
    "The harbour was dredged in spring. " * 100,
)
_PROBE_QUESTION = "When does the contract end?"


class BertCrossEncoder:
    """Fulfils `Reranker` for BERT-shaped models with one output, without torch.

    Scores are those of `CrossEncoder.predict` within `AGREE`: in float32, since a score decides between near equals.
    """

    warning: str | None = None

    def __init__(self, files: ModelFiles, head: Head, is_probability: bool) -> None:
        self.name, self.is_probability = files.name, is_probability
        self._files, self._head = files, head
        self._weights = load_bert(files)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer: Any = Tokenizer.from_file(str(self._files.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._files.max_tokens, strategy="longest_first")
        return tokenizer

    @cached_property
    def _compiled(self) -> Any:
        from ragcli.embedding.bert_openvino import build_scorer, compile_for_cpu

        return compile_for_cpu(build_scorer(self._weights, self._head), exactly=True)

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        from ragcli.embedding.bert_openvino import look_up

        if not texts:
            return []
        pairs = self._tokenizer.encode_batch_fast([(question, text) for text in texts])
        shape = len(pairs), max(len(pair.ids) for pair in pairs)
        ids, segments, mask = np.zeros(shape, np.int32), np.zeros(shape, np.int32), np.zeros(shape, np.float32)
        for row, pair in enumerate(pairs):
            ids[row, : len(pair.ids)] = pair.ids
            segments[row, : len(pair.ids)] = pair.type_ids
            mask[row, : len(pair.ids)] = 1
        has_segments = len(self._weights.types) > 1
        logits = self._compiled([look_up(self._weights, ids, segments if has_segments else None), mask])[0][:, 0]
        scored = 1 / (1 + np.exp(-logits.astype(np.float64))) if self.is_probability else logits
        return [float(score) for score in scored]


class ReferenceCrossEncoder:
    """Fulfils `Reranker` for any cross-encoder that sentence-transformers can load, on any device that torch knows."""

    def __init__(self, files: ModelFiles, device: str = "cpu", warning: str | None = None) -> None:
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise ModelError(
                f"the cross-encoder {files.name} needs sentence-transformers ({error})",
                "install it: pip install sentence-transformers",
            ) from error
        prepare(device)
        self._model: Any = CrossEncoder(str(files.folder), device=device, local_files_only=True)
        if self._model.num_labels != 1:
            raise ModelError(
                f"{files.name} sorts into {self._model.num_labels} classes, a reranker gives one score",
                "name another: rerank.model",
            )
        self.name, self.warning = files.name, warning
        self.is_probability = type(self._model.activation_fn).__name__ == "Sigmoid"

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        pairs = [(question, text) for text in texts]
        return [float(score) for score in self._model.predict(pairs, show_progress_bar=False)] if pairs else []


def find_cross_encoder(name: str, home: Path) -> ModelFiles:
    """Find a model's files: a folder, a folder below `home`/models, or one in the hub's cache. Nothing is downloaded.

    Raises: ModelError when it is nowhere, or no cross-encoder.
    """
    short = name.rstrip("/").rsplit("/", 1)[-1]
    folders = (Path(name), home / "models" / short)
    folder = next((one for one in folders if (one / "config.json").is_file()), None) or hub_cache(name, _OWNER)
    if folder is None:
        wanted = name if "/" in name else f"{_OWNER}/{name}"
        is_path = Path(name).exists() or wanted.count("/") != 1
        remedy = "set rerank.model to the folder of one" if is_path else f"get it: rag models pull {wanted}"
        raise ModelError(f"there is no cross-encoder {name} on this machine", remedy)
    files = read_model_files(folder, folder.resolve().name if folder in folders else short)
    if not is_cross_encoder(files):
        raise ModelError(f"{name} is no cross-encoder ({_stored_as(files) or 'no task'})", "name another: rerank.model")
    return files


def is_cross_encoder(files: ModelFiles) -> bool:
    """Whether a model reads pairs: sentence-transformers would give any other one a head of random weights."""
    return _stored_as(files).endswith(_TASKS) or _declared(files).get("model_type") == "CrossEncoder"


def load_cross_encoder(name: str, home: Path, device: str = "auto") -> Reranker:
    """Load a model in the fastest way that gives the reference's scores; `device` as in `embedding.device`.

    A fast way is compared with sentence-transformers on first use, which takes seconds, and the outcome is kept.

    Raises: ModelError as `find_cross_encoder`, or when it gives more than one score.
    """
    files, where = find_cross_encoder(name, home), device_for(device)
    fast = _fast(files) if where == "cpu" else None
    if fast is None:
        return ReferenceCrossEncoder(files, where)
    difference = _difference(fast, files, home)
    if difference <= AGREE:
        return fast
    return ReferenceCrossEncoder(
        files, where, f"{files.name} runs by sentence-transformers: the fast way differs by {difference:.3g}"
    )


def _stored_as(files: ModelFiles) -> str:
    return str((files.config.get("architectures") or [""])[0])


def _fast(files: ModelFiles) -> BertCrossEncoder | None:
    """The model in our own forward pass; None when it has another shape, output or activation than that knows."""
    activation = _activation(files)
    if not files.is_bert_shaped() or activation not in ("Identity", "Sigmoid"):
        return None
    head = load_head(files)
    return None if head is None else BertCrossEncoder(files, head, activation == "Sigmoid")


def _activation(files: ModelFiles) -> str:
    """The class that is applied to the output: as sentence-transformers finds it, in the places of its releases."""
    older = files.config.get("sbert_ce_default_activation_function")
    old = (files.config.get("sentence_transformers") or {}).get("activation_fn")
    return str(_declared(files).get("activation_fn") or old or older or "Sigmoid").rsplit(".", 1)[-1]


def _declared(files: ModelFiles) -> dict[str, Any]:
    path = files.folder / "config_sentence_transformers.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _difference(fast: BertCrossEncoder, files: ModelFiles, home: Path) -> float:
    """The largest difference between the scores of both ways on the probes, measured once per file of weights."""
    kept = home / "cache" / "cross-encoders" / f"{files.name}.json"
    status = files.weights.stat()
    stamp = [str(files.folder), status.st_size, status.st_mtime_ns]
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    if known.get("stamp") == stamp:
        return float(known["difference"])
    reference = np.array(ReferenceCrossEncoder(files).scores(_PROBE_QUESTION, _PROBES))
    difference = float(np.abs(reference - fast.scores(_PROBE_QUESTION, _PROBES)).max())
    with suppress(OSError):  # a home that can't be written has it measured again each time, and no more
        write_whole(kept, json.dumps({"stamp": stamp, "difference": difference}))
    return difference
