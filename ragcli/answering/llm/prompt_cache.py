"""What a large model has read, kept on disk: a prompt that begins alike is not read again, even by the next process.

It pays where the beginning is long: a document given whole, a conversation that goes on. A state holds what the documents
say: files are their owner's alone.
"""

import contextlib
import ctypes
import hashlib
import os
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ragcli.answering.llm import llama_native

WORTH = 256  # tokens: less is read in no time


class PromptCache:
    """Key/value states of one model, each with the tokens that it stands for. The longest unused make room for new ones.

    Args:
        folder: of this model and build of llama.cpp alone: to another one a state means nothing.
        most_bytes: that all states of the folder may take together.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder, self._most = folder, most_bytes

    def load(self, llama: Any, tokens: Sequence[int]) -> None:
        """Give the model the state that saves most of reading `tokens`, unless it already holds as much."""
        held = common(llama._input_ids.tolist(), tokens)
        best, state = max(((common(kept, tokens), file) for file, kept in self._states()), default=(0, None))
        if state is None or best < max(WORTH, held + WORTH):
            return
        library, kept = llama_native.import_llama().llama_cpp, _tokens(state)
        space, count = (library.llama_token * len(kept))(), ctypes.c_size_t()
        llama.reset()
        llama._ctx.kv_cache_clear()
        read = library.llama_state_seq_load_file(
            llama._ctx.ctx, os.fsencode(state), 0, space, len(kept), ctypes.byref(count)
        )
        if not read or count.value != len(kept):  # cut short, or of another build under the same version
            llama._ctx.kv_cache_clear()
            _remove(state)
            return
        llama.input_ids[: len(kept)] = kept
        llama.n_tokens = len(kept)
        llama._requires_eval = True  # the logits of the last token are not part of a state
        os.utime(state)

    def save(self, llama: Any) -> None:
        """Keep what the model holds, if it is worth it and not kept already. No answer is lost where that can't be."""
        with contextlib.suppress(OSError):  # a full disk, or a home that can't be written
            self._save(llama)

    def _save(self, llama: Any) -> None:
        tokens = array("i", llama._input_ids.tolist())
        room = llama_native.import_llama().llama_cpp.llama_state_seq_get_size(llama._ctx.ctx, 0)
        if len(tokens) < WORTH or room > self._most:
            return
        if any(common(kept, tokens) > len(tokens) - WORTH for _, kept in self._states()):
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._make_room(room)
        state = self._folder / f"{hashlib.sha256(tokens.tobytes()).hexdigest()[:32]}.kv"
        temporary = state.with_suffix(f".{os.getpid()}")
        temporary.touch(0o600)
        library = llama_native.import_llama().llama_cpp
        given = (library.llama_token * len(tokens))(*tokens)
        written = library.llama_state_seq_save_file(llama._ctx.ctx, os.fsencode(temporary), 0, given, len(tokens))
        if not written:  # the disk is full
            temporary.unlink(missing_ok=True)
            return
        beside = _beside(state)
        beside.touch(0o600)
        beside.write_bytes(tokens.tobytes())
        temporary.replace(state)

    def _states(self) -> "list[tuple[Path, array[int]]]":
        return [(file, tokens) for file in self._folder.glob("*.kv") if (tokens := _tokens(file))]

    def _make_room(self, needed: int) -> None:
        states = sorted(self._folder.glob("*.kv"), key=lambda file: file.stat().st_mtime)
        taken = sum(file.stat().st_size for file in states)
        for file in states:
            if taken + needed <= self._most:
                break
            taken -= file.stat().st_size
            _remove(file)


def common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two prompts have in common from their beginning."""
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return at
    return min(len(one), len(other))


def _beside(state: Path) -> Path:
    return state.with_suffix(".tokens")


def _tokens(state: Path) -> "array[int]":
    tokens = array("i")
    with contextlib.suppress(OSError):  # removed by another process in this instant
        held = _beside(state).read_bytes()
        tokens.frombytes(held[: len(held) - len(held) % tokens.itemsize])
    return tokens


def _remove(state: Path) -> None:
    state.unlink(missing_ok=True)
    _beside(state).unlink(missing_ok=True)
