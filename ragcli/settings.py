"""Every setting with its default: plain frozen dataclasses, so that a command that needs none of YAML's errors imports neither
pydantic nor PyYAML. `config.py` fills them from files, environment and flags, and checks them.
"""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le

FORBID_UNKNOWN = {"extra": "forbid"}  # read by pydantic where config.py validates

Fraction = Annotated[float, Ge(0.0), Le(1.0)]
# No more than the libraries take: SQLite a number of 64 bits, poll() three weeks, llama.cpp 512 threads.
Positive = Annotated[int, Ge(1), Le(10**12)]
Count = Annotated[int, Ge(0), Le(10**12)]
Seconds = Annotated[float, Ge(0.1), Le(10**6)]
Finite = Annotated[float, Ge(-(10**6)), Le(10**6)]
Mode = Literal["hybrid", "dense", "lexical"]
Order = Literal["score", "document"]


@dataclass(frozen=True, slots=True)
class Marker:
    """marker-pdf 2 (extra `marker`), where `reading.extractor` or `reading.equations` is marker."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    python: str | None = None  # the interpreter that has marker-pdf; None: this one
    mode: Literal["fast", "balanced"] = "fast"  # balanced needs vlm_url
    start_page: Positive = 1  # the first page that marker reads, from 1; the others are read by rag itself
    max_pages: Positive | None = None  # that marker reads of a file; None: all
    page_timeout: Seconds = 60.0  # seconds; of a file, so many for each of its pages
    layout_checkpoint: str | None = None  # a folder, or hf://datalab-to/surya_layout2 to fetch it: rag serves it
    layout_url: str | None = None  # of a layout server that runs already, up to and with "/v1"
    ocr_error_checkpoint: str | None = None  # needed beside vlm_url: a folder, or s3://ocr_error_detection/2025_02_18
    ocr_error_url: str | None = None
    vlm_url: str | None = None  # of a server of marker's vision model: formulas as LaTeX, garbled pages; None: without


@dataclass(frozen=True, slots=True)
class Mathpix:
    """The paid service, where `reading.extractor` is mathpix: whole files are sent there."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    base_url: str = "https://api.mathpix.com/v3"
    page_timeout: Seconds = 30.0  # seconds; of a file, so many for each of its pages


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are found and read."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    include: tuple[str, ...] = ()  # globs on the path below the folder that was named; empty: every known type
    exclude: tuple[str, ...] = ()
    jobs: Count = 0  # worker processes; 0: one per core
    timeout: Seconds = 300.0  # seconds for one file, OCR not counted, after which its worker is killed
    page_timeout: Seconds = 60.0  # seconds for one page; three times that with OCR
    memory_mb: Annotated[int, Ge(64), Le(10**9)] = 4096  # address space growth that one worker may use
    extractor: str = "pymupdf"  # of PDFs: pymupdf, marker, mathpix, or a name that a package registers
    ocr: Literal["auto", "always", "never"] = "auto"
    equations: Literal["auto", "marker", "off"] = "auto"
    tables: Literal["auto", "all", "off"] = "auto"  # auto: on the PDF pages that may hold one, likeliest first
    second_pass: Annotated[float, Ge(0.0)] = 20.0  # seconds at the end of an ingest for tables and equations
    language: str | None = None  # ISO 639-1; None: detected per document
    marker: Marker = field(default_factory=Marker)
    mathpix: Mathpix = field(default_factory=Mathpix)


@dataclass(frozen=True, slots=True)
class Chunking:
    """How pages are cut into chunks."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    method: Literal["structure", "recursive"] = "structure"
    max_tokens: Annotated[int, Ge(16)] = 256  # of the embedding model's own, context included; the model's limit wins
    chunk_size: Positive = 500  # characters, `recursive` only
    chunk_overlap: Count = 50  # characters, `recursive` only


@dataclass(frozen=True, slots=True)
class Embedding:
    """Which sentence-embedding model reads documents and questions."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    model: str = "auto"  # auto, a starter model's name, a folder, or a name in the hub cache
    base_url: str | None = None  # of an OpenAI-compatible endpoint that embeds with `model`; None: on this machine
    api_key_variable: str = "RAG_API_KEY"  # the environment variable that holds the endpoint's key
    max_tokens: Positive = 512  # that the endpoint's model reads of a text; elsewhere the model's own files say it
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    batch_tokens: Positive = 2048


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How passages are found for a question."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    k: Positive = 10
    mode: Mode = "hybrid"
    order: Order = "score"
    min_score: Finite | None = None
    candidates: Positive = 100  # that each retriever brings to the fusion
    fusion: Literal["scores", "ranks"] = "scores"  # what of the two retrievers is added up in hybrid mode
    rewrite: Literal["none", "decompose", "hyde"] = "none"  # of a question by a language model, before the search
    hops: Literal[1, 2, "auto"] = "auto"  # searches; the second by names that the first passages bring
    rank_constant: Count = 60  # of fusion by ranks
    dense_weight: Finite | None = None  # None: by what the embedding model knows of the languages at hand


@dataclass(frozen=True, slots=True)
class Rerank:
    """Whether a cross-encoder reads the first candidates together with the question."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    model: str | None = None  # a folder, or a name in the models folder or the hub cache; None: no reranking
    budget_ms: Positive = 1000  # for scoring; as many candidates as fit are scored, at least one batch


@dataclass(frozen=True, slots=True)
class Answering:
    """How an answer is made from passages."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    style: Literal["auto", "quotes", "generate"] = "auto"
    sentences: Positive = 2  # quoted by style quotes
    k: Positive | None = None  # passages looked into; None: 5, and for a model by its size (3 to 12)
    template: str = "sources"  # sources, course, few-shot, steps, or a Jinja template with question and context
    order: Order = "document"  # of the passages in the prompt
    refuse_below: Fraction = 0.5  # probability that the answer is in the documents, under which `ask` refuses
    model: str | None = None  # a GGUF file, or the name of an installed one; None: the embedded SmolLM2
    able_parameters: Positive = 1_000_000_000  # from so many parameters on, style auto generates
    base_url: str | None = None  # of an OpenAI-compatible endpoint that generates with `model`; None: on this machine
    api_key_variable: str = "RAG_API_KEY"  # the environment variable that holds the endpoint's key
    timeout: Seconds = 120.0  # seconds without a sign of the endpoint
    retries: Count = 3  # when an endpoint is busy or away, before its answer began
    context_tokens: Positive = 4096
    max_tokens: Positive = 256
    temperature: Annotated[float, Ge(0.0), Le(100.0)] = 0.0
    top_k: Positive = 40
    top_p: Fraction = 0.95
    seed: int = 0
    grammar: str | None = None  # a GBNF file that the answer of a model on this machine must follow
    threads: Annotated[int, Ge(0), Le(512)] = 0  # 0: the physical cores
    gpu_layers: Annotated[int, Ge(-1), Le(10**6)] = -1  # -1: all that the build can offload
    # Seconds for an answer: a model gets and writes what fits in them.
    budget: Annotated[float, Ge(1.0), Le(10**6)] | None = None
    # Whether a model is given a document from end to end, where it fits: true, that of the best passage; auto, the one that
    # a question asks about as a whole (`answering/overview.py` has the rule).
    whole: bool | Literal["auto"] = "auto"
    strict: bool = (
        False  # generated sentences that are not proved are dropped; the quotes that they lean on stand in their place
    )
    prompt_cache_mb: Count = 2048  # on disk, per model, for what able ones have read; 0: nothing
    cache: bool = True  # an answer that was given before is given again while nothing it depends on has changed


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How `rag eval` judges."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    judge: Literal["proxy", "model"] = "proxy"  # of claims: by the words of the text, or by the language model


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole configuration, as `rag config show` prints it."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    collection: str = "default"
    offline: bool = False
    reading: Reading = field(default_factory=Reading)
    chunking: Chunking = field(default_factory=Chunking)
    embedding: Embedding = field(default_factory=Embedding)
    retrieval: Retrieval = field(default_factory=Retrieval)
    rerank: Rerank = field(default_factory=Rerank)
    answering: Answering = field(default_factory=Answering)
    evaluation: Evaluation = field(default_factory=Evaluation)
