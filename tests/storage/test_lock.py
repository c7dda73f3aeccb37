"""One writer at a time, and the second is told who."""

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ragcli.errors import BusyError
from ragcli.storage.lock import writer_lock


def test_the_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ragcli.storage.lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1]), 'law'):\n  print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=f"law.*{holder.pid}") as refused, writer_lock(tmp_path, "law"):
            pass
        assert refused.value.exit_code == 75
        holder.kill()
    with writer_lock(tmp_path, "law"):  # died with its holder
        assert (tmp_path / "writer.lock").read_text().strip() == str(os.getpid())
    assert multiprocessing.active_children() == []
