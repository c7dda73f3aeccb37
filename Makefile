# `make demo` shows the tool on sample_docs, `make test` proves it. Both set up what they need, and are quick the second time.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
INSTALL = $(PIP) install -qq -c constraints.txt
TORCH = torch==2.13.0

# One place for how llama.cpp is built: portable (no -march=native, hence no AMX, whose kernels crash), no vision part.
# Nor what llama.cpp's own programs share, half of the build: it is forced on, and only a variable set from within turns it off.
LLAMA_FLAGS = -DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF
LLAMA_LEAN = set(LLAMA_BUILD_COMMON OFF)

export RAG_HOME ?= $(CURDIR)/.demo
RAG = $(BIN)/rag

.PHONY: demo test lint format lock clean help

help:
	@echo "make demo   ingest sample_docs, ask it questions, extract its pictures, generate one answer"
	@echo "make test   lint, types and all tests"
	@echo "make lint   style and types alone; make format mends the style"
	@echo "make lock   renew constraints.txt from a fresh environment"
	@echo "make clean  remove $(VENV) and .demo"

demo: $(VENV)/.base
	@echo; echo "== rag ingest sample_docs  (one file is locked and one is cut short, so it ends with exit code 3; half a minute or more)"
	@$(RAG) ingest sample_docs --exclude '*.py' || test $$? -eq 3
	@echo; echo '== rag ask "How much power does the LIMNAR-4 draw?"'
	@$(RAG) ask "How much power does the LIMNAR-4 draw?"
	@echo; echo '== rag ask "À quel tarif unitaire le syndicat a-t-il acheté le LIMNAR-4 en 2023 ?"'
	@$(RAG) ask "À quel tarif unitaire le syndicat a-t-il acheté le LIMNAR-4 en 2023 ?"
	@echo; echo '== rag ask "Quelle pénalité Hydromètres Castagne applique-t-elle en cas de retard de paiement ?"  (it stands on a scan)'
	@$(RAG) ask "Quelle pénalité Hydromètres Castagne applique-t-elle en cas de retard de paiement ?"
	@echo; echo '== rag ask "Who won the football world cup of 1998?"  (not in the documents: exit code 1)'
	@$(RAG) ask "Who won the football world cup of 1998?" || test $$? -eq 1
	@echo; echo "== rag extract-images sample_docs -o .demo/images"
	@$(RAG) extract-images sample_docs -o .demo/images || test $$? -eq 3
	@$(MAKE) -s --no-print-directory $(VENV)/.llama
	@echo; echo '== rag ask --style generate "Where was frazil ice observed in January 2021?"  (SmolLM2-135M, the smallest of models)'
	@$(RAG) ask --style generate "Where was frazil ice observed in January 2021?"

test: lint
	@# One thread each: tests run on all cores, and threads of two models that wait for each other stand still.
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/.base: pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (one to two minutes)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) --upgrade pip
	@# Without a GPU the CPU build of torch: from the package index in use if it has one, else from PyTorch's own.
	@if command -v nvidia-smi >/dev/null; then $(INSTALL) "$(TORCH)"; else \
	  $(INSTALL) "$(TORCH)+cpu" 2>/dev/null || $(INSTALL) "$(TORCH)" --index-url https://download.pytorch.org/whl/cpu; fi
	@$(INSTALL) -e ".[starter,ocr]"
	@touch $@

$(VENV)/.llama: $(VENV)/.base
	@$(BIN)/python -c "import llama_cpp" 2>/dev/null || echo "Compiling llama-cpp-python, once: 3 to 6 minutes on two cores"
	@# pip's cache of built wheels does not know the flags: without --no-cache-dir it could hand out a build with others.
	@echo "$(LLAMA_LEAN)" > $(VENV)/llama.cmake
	@$(BIN)/python -c "import llama_cpp" 2>/dev/null || CMAKE_ARGS="$(LLAMA_FLAGS) -DCMAKE_PROJECT_INCLUDE='$$(cd $(VENV) && pwd)/llama.cmake'" $(INSTALL) --no-cache-dir --no-deps --no-binary llama-cpp-python llama-cpp-python
	@$(INSTALL) -e ".[llama]"
	@touch $@

$(VENV)/.dev: $(VENV)/.llama
	@$(INSTALL) -e ".[starter,ocr,llama,eval,dev,bench]"
	@touch $@

lock:
	rm -rf .lock && $(PYTHON) -m venv .lock
	.lock/bin/python -m pip install -q --upgrade pip
	.lock/bin/python -m pip install -q "$(TORCH)+cpu" || .lock/bin/python -m pip install -q "$(TORCH)" --index-url https://download.pytorch.org/whl/cpu
	CMAKE_ARGS="$(LLAMA_FLAGS)" .lock/bin/python -m pip install -q ".[starter,ocr,llama,eval,dev,bench]"
	(echo "# Every package at the version that the tests ran with; renewed by: make lock"; \
	 .lock/bin/python -m pip freeze --exclude ragcli | sed 's/+cpu$$//; s/ @ file:.*//') > constraints.txt
	rm -rf .lock

clean:
	rm -rf $(VENV) .demo
