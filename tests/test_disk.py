"""What is written is whole, whoever looks and whenever."""

import threading
from pathlib import Path

from ragcli.disk import write_whole


def test_a_reader_sees_the_old_or_the_new(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "kept.json"
    versions = {str(n) * 200_000 for n in range(5)}
    write_whole(file, "0" * 200_000)
    ended = threading.Event()
    seen: set[str] = set()

    def read() -> None:
        while not ended.is_set():
            seen.add(file.read_text())

    reader = threading.Thread(target=read)
    reader.start()
    for version in sorted(versions):
        write_whole(file, version)
    ended.set()
    reader.join()
    assert seen <= versions
    assert [path.name for path in file.parent.iterdir()] == ["kept.json"]


def test_the_owner_alone_may_read_where_it_is_said(tmp_path: Path) -> None:
    write_whole(tmp_path / "answer.json", b"\xff", mode=0o600)
    assert (tmp_path / "answer.json").stat().st_mode & 0o777 == 0o600
