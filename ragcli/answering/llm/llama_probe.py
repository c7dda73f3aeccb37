"""Run as a child process: load a model and evaluate one batch of several tokens, which is where a bad build crashes."""

import sys

from ragcli.answering.llm.llama_native import import_llama, keep_log, model_defaults, quiet_stderr


def main(path: str, extra_buffers: bool) -> None:
    """Return when all went well; a bad build kills the process."""
    llama_cpp = import_llama()
    keep_log(llama_cpp)
    with quiet_stderr(), model_defaults(llama_cpp, extra_buffers=extra_buffers):
        llama = llama_cpp.Llama(path, n_ctx=64, n_batch=32, n_threads=1, n_gpu_layers=0, verbose=False)
    llama.eval(llama.tokenize(b"One batch of more than one token.", add_bos=False))
    llama.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] == "1")
