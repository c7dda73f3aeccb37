"""Language models in GGUF files, run in this process by llama-cpp-python."""

import codecs
import ctypes
import hashlib
import importlib.metadata
import math
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from ragcli.answering.kept import stamp
from ragcli.answering.llm import llama_native
from ragcli.answering.llm.chat_template import render
from ragcli.answering.llm.control import CONTROL_STRING
from ragcli.answering.llm.generator import Message, Sampling
from ragcli.answering.llm.gguf import BATCH_TOKENS, GgufFacts, read_facts
from ragcli.answering.llm.gguf_files import find_gguf
from ragcli.answering.llm.prompt_cache import PromptCache, common
from ragcli.answering.llm.visible import visible
from ragcli.errors import ModelError, UsageError
from ragcli.memory import available_bytes
from ragcli.settings import Answering


class LlamaGenerator:
    """Fulfils `Generator` for any GGUF file. The header is read at once, the model loaded on first use.

    Args:
        settings: model (None: the embedded one), context_tokens, threads, gpu_layers.
        home: below it the result of the probe is kept (see `llama_native.choose_extra_buffers`).
    Raises: ModelError when the file is missing, damaged, or without a chat template.
    """

    destination: str | None = None
    cut_off: str | None = None

    def __init__(self, settings: Answering, home: Path | None = None) -> None:
        path = find_gguf(settings.model, home)
        self.facts: GgufFacts = read_facts(path)
        if not self.facts.chat_template:
            remedy = "choose an instruct model; a base model cannot follow instructions"
            raise ModelError(f"{path} has no chat template", remedy)
        # as `rag models list` has it; what its header says may be anything, and two may say the same
        self.name = path.stem
        self.context_length = min(settings.context_tokens, self.facts.context_length or settings.context_tokens)
        self._template: str = self.facts.chat_template
        self._settings, self._home = settings, home
        self._interrupted = self._terminated = False
        self._ends_at = math.inf  # of `time.monotonic`
        self.parameters: int | None = self.facts.parameters
        self.usage: Mapping[str, int] = {}

    @cached_property
    def _llama(self) -> Any:
        llama_cpp = llama_native.import_llama()
        self._demand_memory()
        extra_buffers = llama_native.choose_extra_buffers(self.facts.path, self._home)
        threads = self._settings.threads or llama_native.usable_cores()
        llama_native.keep_log(llama_cpp)
        try:
            # Python's own handler could raise within a callback of llama.cpp, where ctypes drops what is raised.
            with (
                self._stopping_at_once(),
                llama_native.quiet_stderr(),
                llama_native.model_defaults(
                    llama_cpp, extra_buffers=extra_buffers, goes_on=lambda: not self._interrupted
                ),
            ):
                llama = llama_cpp.Llama(
                    str(self.facts.path),
                    n_ctx=self.context_length,
                    n_batch=512,
                    n_ubatch=BATCH_TOKENS,  # its buffer is n_ubatch x vocabulary: 300 MiB at 512 for a large one, and no faster
                    n_threads=threads,
                    n_threads_batch=threads,
                    n_gpu_layers=self._settings.gpu_layers if llama_cpp.llama_supports_gpu_offload() else 0,
                    verbose=False,
                )
        except Exception as error:  # a file that makes no sense, or a chat template that Jinja can't read
            if self._interrupted:
                raise KeyboardInterrupt from None
            reason = f"architecture {self.facts.architecture}, {self.facts.size / 2**30:.1f} GiB"
            failure = ModelError(
                f"llama.cpp could not load {self.facts.path} ({reason})",
                "free some memory, or update llama-cpp-python if the model is newer than it (-v shows its log)",
            )
            failure.add_note("".join(llama_native.log))
            raise failure from error
        if self._interrupted:  # after the last weight
            llama.close()
            raise KeyboardInterrupt
        llama_native.keep_log(llama_cpp)
        self._abort = llama_cpp.llama_cpp.ggml_abort_callback(lambda data: self._is_to_stop())  # C code holds it
        llama_cpp.llama_cpp.llama_set_abort_callback(llama._ctx.ctx, self._abort, None)
        return llama

    def _demand_memory(self) -> None:
        needed, left = self.facts.memory_needed(self.context_length), available_bytes()
        if needed > left:
            raise ModelError(
                f"{self.name} needs about {needed / 2**30:.1f} GiB with {self.context_length:,} tokens of context,"
                f" {left / 2**30:.1f} GiB are free",
                "lower answering.context_tokens, or choose a smaller model: rag models list",
            )

    @cached_property
    def _prompts(self) -> PromptCache | None:
        """None for small models: they read again as fast."""
        settings = self._settings
        if self._home is None or not settings.prompt_cache_mb or self.facts.parameters < settings.able_parameters:
            return None
        version = importlib.metadata.version("llama-cpp-python")
        key = hashlib.sha256(repr((version, stamp(self.facts.path))).encode()).hexdigest()[:16]
        return PromptCache(self._home / "cache" / "prompts" / key, settings.prompt_cache_mb * 2**20)

    def close(self) -> None:
        """Free the model's memory."""
        if "_llama" in self.__dict__:
            self.__dict__.pop("_llama").close()

    def count_tokens(self, text: str) -> int:
        return len(self._tokens(text, special=False))

    def count_prompt(self, messages: Sequence[Message]) -> int:
        return len(self._prompt(messages)[0])

    def as_sent(self, messages: Sequence[Message], sampling: Sampling) -> str:
        return "".join(text for text, _ in self._rendered(messages))

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        tokens, in_thought = self._prompt(messages)
        room = self.context_length - len(tokens)
        if room < 1:
            raise ModelError(
                f"the prompt has {len(tokens):,} tokens, the model reads {self.context_length:,}",
                "raise answering.context_tokens, or lower answering.k",
            )
        pieces = self._generate(tokens, sampling, min(room, sampling.max_tokens))
        return visible(chain(["<think>"], pieces) if in_thought else pieces, self._control_strings)

    @cached_property
    def _control_strings(self) -> list[str]:
        """The template's control tokens as text: a model that spells one out has ended its answer."""
        return sorted({mark for mark in CONTROL_STRING.findall(self._template) if "think" not in mark})

    def _tokens(self, text: str, *, special: bool) -> list[int]:
        return list(self._llama.tokenize(text.encode("utf-8", "replace"), add_bos=False, special=special))

    def _prompt(self, messages: Sequence[Message]) -> tuple[list[int], bool]:
        """The tokens of the prompt, and whether the template has opened a thought that the model goes on with."""
        model = self._llama._model
        bos = model.token_bos()
        pieces = self._rendered(messages)
        tokens = [token for text, is_own in pieces for token in self._tokens(text, special=is_own)]
        if model.add_bos_token() and tokens[:1] != [bos]:
            tokens.insert(0, bos)
        return tokens, pieces[-1][1] and pieces[-1][0].rstrip().endswith("<think>")

    def _rendered(self, messages: Sequence[Message]) -> list[tuple[str, bool]]:
        model = self._llama._model
        ends = (model.token_bos(), model.token_eos())
        bos_text, eos_text = (model.token_get_text(token) if token >= 0 else "" for token in ends)
        return render(self._template, messages, bos_text, eos_text)

    def _generate(self, tokens: list[int], sampling: Sampling, most: int) -> Iterator[str]:
        llama, library = self._llama, llama_native.import_llama().llama_cpp
        vocabulary = llama._model.vocab
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        buffer = ctypes.create_string_buffer(256)
        llama.set_seed(sampling.seed)
        if self._prompts is not None:
            self._prompts.load(llama, tokens)
        self.usage = {"cached_tokens": common(llama._input_ids.tolist(), tokens)}
        self._ends_at = math.inf if sampling.seconds is None else time.monotonic() + sampling.seconds
        # min_p and repetition penalty off: what is asked for is what is done.
        chosen = llama.generate(
            tokens, top_k=sampling.top_k, top_p=sampling.top_p, min_p=0.0, temp=sampling.temperature, repeat_penalty=1.0,
            grammar=self._grammar(sampling.grammar),
        )  # fmt: skip
        with self._stopping_at_once():
            try:
                for _ in range(most):
                    token = next(chosen, None)
                    if token is None or library.llama_vocab_is_eog(vocabulary, token):
                        break
                    if self._interrupted:
                        raise KeyboardInterrupt
                    written = library.llama_token_to_piece(vocabulary, token, buffer, len(buffer), 0, False)
                    if piece := decoder.decode(buffer.raw[: max(0, written)]):
                        yield piece
                if self._prompts is not None:
                    self._prompts.save(llama)
            except RuntimeError as error:
                llama.reset()
                if self._interrupted:
                    raise KeyboardInterrupt from None
                if self._is_to_stop():
                    return
                failure = ModelError(f"llama.cpp stopped ({error})", "see its log with -v")
                failure.add_note("".join(llama_native.log))
                raise failure from error
        if rest := decoder.decode(b"", final=True):
            yield rest

    def _grammar(self, text: str | None) -> object:
        """A grammar as llama-cpp-python takes it. One that llama.cpp can't parse would crash at its first use."""
        if text is None:
            return None
        llama_cpp = llama_native.import_llama()
        with llama_native.quiet_stderr():
            sampler = llama_cpp.llama_cpp.llama_sampler_init_grammar(self._llama._model.vocab, text.encode(), b"root")
        if not sampler:
            raise UsageError(
                "answering.grammar is no grammar that llama.cpp reads", "write it in GBNF, with a rule root"
            )
        llama_cpp.llama_cpp.llama_sampler_free(sampler)
        return llama_cpp.LlamaGrammar.from_string(text)

    @contextmanager
    def _stopping_at_once(self) -> Iterator[None]:
        """Let Ctrl-C abort the computation that runs: Python's own handler would wait for the whole batch (2.7 s).

        SIGTERM, too: what its handler raises would be dropped within a callback of llama.cpp. It gets it afterwards.
        """
        self._interrupted = self._terminated = False
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        previous = {number: signal.signal(number, self._interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
            if self._terminated:
                signal.raise_signal(signal.SIGTERM)

    def _is_to_stop(self) -> bool:
        return self._interrupted or time.monotonic() > self._ends_at

    def _interrupt(self, number: int, frame: object) -> None:
        self._interrupted = True
        self._terminated = self._terminated or number == signal.SIGTERM
