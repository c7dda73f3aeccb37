"""What a user sees of ingest: new, changed, moved, copied, deleted, damaged; nothing lost, nothing stale."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from ragcli.chunking import chunk
from ragcli.collection import Collection, collections
from ragcli.collection.ingest import Progress
from ragcli.collection.vectors import embed
from ragcli.errors import StoreError, UsageError
from ragcli.records import Chunk, Document
from ragcli.settings import Chunking, Embedding, Reading, Settings

SETTINGS = Settings(reading=Reading(jobs=1))


def ingest(folder: Path, **options: object) -> object:
    with Collection.open(settings=SETTINGS) as collection:
        return collection.ingest([folder], **options)  # type: ignore[arg-type]


def paths(question: str, **options: object) -> list[str]:
    with Collection.open(settings=SETTINGS) as collection:
        return [Path(hit.path).name for hit in collection.query(question, **options).hits]  # type: ignore[arg-type]


def counts(report: object) -> tuple[int, int, int, int, int]:
    return tuple(getattr(report, name) for name in ("new", "updated", "unchanged", "removed", "documents"))


def test_the_second_run_reads_nothing(home: Path, documents: Path) -> None:
    assert counts(ingest(documents)) == (3, 0, 0, 0, 3)
    report = ingest(documents)
    assert counts(report) == (0, 0, 3, 0, 3)
    assert report.pages == 0  # type: ignore[attr-defined]
    assert report.notes == ()  # type: ignore[attr-defined]  # else "moved or touched": they were read to be hashed


@pytest.mark.parametrize("model", ["all-MiniLM-L6-v2", "multilingual-e5-small"])
def test_a_model_keeps_its_name_wherever_its_folder_is(home: Path, documents: Path, model: str) -> None:
    settings = Settings(reading=Reading(jobs=1), embedding=Embedding(model=model))
    with Collection.open(settings=settings) as collection:
        collection.ingest([documents])
    with Collection.open() as collection:
        assert collection.embedder().name == model  # scale and refusal are known by it


def test_a_changed_file_answers_with_its_new_text_only(home: Path, documents: Path) -> None:
    ingest(documents)
    (documents / "ferry.txt").write_text("The ferry was sold to a museum in Bergen.", encoding="utf-8")
    assert counts(ingest(documents)) == (0, 1, 2, 0, 3)
    assert paths("museum in Bergen", k=1) == ["ferry.txt"]
    with Collection.open(settings=SETTINGS) as collection:
        assert all("58 crowns" not in hit.text for hit in collection.query("ticket 58 crowns").hits)


def test_a_deleted_file_no_longer_answers(home: Path, documents: Path) -> None:
    ingest(documents)
    (documents / "ferry.txt").unlink()
    assert counts(ingest(documents)) == (0, 0, 2, 1, 2)
    assert "ferry.txt" not in paths("ferry to Skarn")
    assert "ferry.txt" not in paths("ferry to Skarn", mode="dense")


def test_deleted_files_stay_with_no_prune_and_outside_the_folder_named(
    home: Path, documents: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "tower.txt").write_text("The tower of Ruden has 300 steps.", encoding="utf-8")
    ingest(documents)
    ingest(other)
    (other / "tower.txt").unlink()
    assert counts(ingest(documents)) == (0, 0, 3, 0, 4)
    assert counts(ingest(other, prune=False)) == (0, 0, 0, 0, 4)
    assert counts(ingest(other)) == (0, 0, 0, 1, 3)


def test_a_mistyped_path_makes_no_collection(home: Path, documents: Path) -> None:
    report = ingest(documents / "nowhere")
    assert [failure.kind for failure in report.failed] == ["missing"]  # type: ignore[attr-defined]
    assert collections(home) == []
    ingest(documents)
    assert collections(home) == ["default"]
    assert counts(ingest(documents / "nowhere")) == (0, 0, 0, 0, 3)


def test_a_moved_file_is_not_read_again(home: Path, documents: Path) -> None:
    ingest(documents)
    (documents / "old").mkdir()
    shutil.move(documents / "ferry.txt", documents / "old" / "boat.txt")
    report = ingest(documents)
    assert counts(report) == (0, 0, 3, 0, 3)
    assert report.pages == 0  # type: ignore[attr-defined]
    assert paths("ferry to Skarn", k=1) == ["boat.txt"]


def test_a_copy_is_one_document_that_outlives_either_file(home: Path, documents: Path) -> None:
    shutil.copy(documents / "ferry.txt", documents / "copy.txt")
    assert counts(ingest(documents)) == (4, 0, 0, 0, 3)
    (documents / "copy.txt").unlink()
    ingest(documents)
    assert paths("ferry to Skarn", k=1) == ["ferry.txt"]


def test_a_touched_file_is_not_read_again(home: Path, documents: Path) -> None:
    ingest(documents)
    os.utime(documents / "ferry.txt", (1, 1))
    report = ingest(documents)
    assert counts(report) == (0, 0, 3, 0, 3)
    assert report.pages == 0  # type: ignore[attr-defined]


def test_force_reads_all_again_and_keeps_one_of_each(home: Path, documents: Path) -> None:
    ingest(documents)
    report = ingest(documents, force=True)
    assert counts(report) == (0, 3, 0, 0, 3)
    assert report.pages == 3  # type: ignore[attr-defined]
    with Collection.open(settings=SETTINGS) as collection:
        assert collection.verify() == []


def test_a_bad_file_costs_itself_only_and_is_named_at_each_run(home: Path, documents: Path) -> None:
    (documents / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    for _ in range(2):
        report = ingest(documents)
        assert report.documents == 3  # type: ignore[attr-defined]
        assert [Path(failure.path).name for failure in report.failed] == ["broken.pdf"]  # type: ignore[attr-defined]
    assert counts(report) == (0, 0, 3, 0, 3)  # what failed again is no unchanged document


def test_a_document_on_which_a_library_breaks_costs_itself_only(
    home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Panic(BaseException):
        pass

    def breaking(document: Document, *rest: Any) -> list[Chunk]:
        if "lighthouse" in document.pages[0].blocks[0].text:
            raise Panic("end byte index 3 is not a char boundary")
        return chunk(document, *rest)

    (documents / "panic.txt").write_text("The lighthouse is at 8° N.")
    shutil.copy(documents / "panic.txt", documents / "copy.txt")
    with monkeypatch.context() as patched:
        patched.setattr("ragcli.collection.ingest.chunk", breaking)
        with Collection.open(settings=SETTINGS) as collection:
            failed = collection.ingest([documents]).failed
    reason = "its text can't be cut into chunks: Panic: end byte index 3 is not a char boundary"
    assert sorted((Path(one.path).name, one.kind, one.reason) for one in failed) == [
        ("copy.txt", "crash", reason),
        ("panic.txt", "crash", reason),
    ]
    assert "bridge.txt" in paths("How long is the bridge?")
    assert "panic.txt" not in paths("Where is the lighthouse?")
    assert counts(ingest(documents, force=True))[-1] == 4


def test_what_chose_the_model_is_committed_in_portions(
    home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first ingest that is ended while it embeds keeps what it has embedded."""
    monkeypatch.setattr("ragcli.collection.ingest._FLUSH_CHARACTERS", 50)
    embedded = 0

    def embed_two(*arguments: object, **named: object) -> object:
        nonlocal embedded
        embedded += 1
        if embedded > 2:
            raise KeyboardInterrupt
        return embed(*arguments, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched, Collection.open(settings=SETTINGS) as collection:
        patched.setattr("ragcli.collection.ingest.embed", embed_two)
        with pytest.raises(KeyboardInterrupt):
            collection.ingest([documents])
    assert counts(ingest(documents)) == (1, 0, 2, 0, 3)


def test_slow_reading_is_committed_as_it_goes(
    home: Path, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(documents)
    monkeypatch.setattr("ragcli.collection.ingest._FLUSH_SECONDS", 0.0)
    more = tmp_path / "more"
    more.mkdir()
    for name in ("heron", "otter", "adder"):
        (more / f"{name}.txt").write_text(f"The {name} was seen at the mill.", encoding="utf-8")

    def end_at_the_last(progress: Progress) -> None:
        if progress.files == progress.of_files:
            raise KeyboardInterrupt

    with Collection.open(settings=SETTINGS) as collection, pytest.raises(KeyboardInterrupt):
        collection.ingest([more], on_progress=end_at_the_last)
    assert counts(ingest(more)) == (1, 0, 2, 0, 6)


def test_a_file_that_became_damaged_no_longer_answers(home: Path, documents: Path) -> None:
    ingest(documents)
    (documents / "ferry.txt").write_bytes(bytes(range(256)) * 50)
    report = ingest(documents)
    assert len(report.failed) == 1  # type: ignore[attr-defined]
    assert "ferry.txt" not in paths("ferry to Skarn")


def test_nothing_named_that_exists_says_so(home: Path, documents: Path) -> None:
    ingest(documents)
    report = ingest(documents / "absent.txt")
    assert [failure.kind for failure in report.failed] == ["missing"]  # type: ignore[attr-defined]
    assert report.documents == 3  # type: ignore[attr-defined]


def test_a_folder_whose_disk_is_no_longer_mounted_is_not_taken_for_an_empty_one(
    home: Path, documents: Path, tmp_path: Path
) -> None:
    """The place where a share is mounted stays when it is not, and is empty then."""
    ingest(documents)
    with Collection.open(settings=SETTINGS) as collection, collection.catalog().transaction():
        collection.catalog().set("mounts", [str(documents)])
    documents.rename(tmp_path / "elsewhere")
    documents.mkdir()
    report = ingest(tmp_path / "documents")
    (failure,) = report.failed  # type: ignore[attr-defined]
    assert (failure.path, failure.kind) == (str(documents), "unreadable")
    assert failure.reason == f"no disk is mounted here now; to forget what it held: rag remove {documents}"
    assert report.documents == 3  # type: ignore[attr-defined]
    with Collection.open(settings=SETTINGS) as collection:
        assert collection.remove([str(documents)]) == 3


def test_a_folder_that_was_emptied_is_no_unmounted_disk(home: Path, documents: Path) -> None:
    ingest(documents)
    for file in documents.iterdir():
        file.unlink()
    assert counts(ingest(documents)) == (0, 0, 0, 3, 0)


def test_a_folder_that_is_missing_is_not_taken_for_deleted_documents(
    home: Path, documents: Path, tmp_path: Path
) -> None:
    """A share that is not mounted when cron runs must not empty the index."""
    ingest(documents)
    documents.rename(tmp_path / "elsewhere")
    report = ingest(documents)
    assert [failure.kind for failure in report.failed] == ["missing"]  # type: ignore[attr-defined]
    assert report.documents == 3  # type: ignore[attr-defined]


def test_a_deleted_file_that_is_named_is_forgotten(home: Path, documents: Path) -> None:
    ingest(documents)
    (documents / "ferry.txt").unlink()
    report = ingest(documents / "ferry.txt")
    assert (report.removed, report.documents, report.failed) == (1, 2, ())  # type: ignore[attr-defined]


def test_a_folder_named_through_a_link_is_the_same_folder(home: Path, documents: Path, tmp_path: Path) -> None:
    ingest(documents)
    (tmp_path / "link").symlink_to(documents)
    (documents / "ferry.txt").unlink()
    assert counts(ingest(tmp_path / "link")) == (0, 0, 2, 1, 2)


def test_metadata_of_sidecar_and_flag_can_be_filtered_on(home: Path, documents: Path) -> None:
    (documents / "ferry.txt.meta.yaml").write_text(
        "genre: [travel, sea]\nyear: 2021\ntitle: The ferry\n", encoding="utf-8"
    )
    ingest(documents, meta={"source": "archive"})
    assert paths("Halden", where=["genre=sea"]) == ["ferry.txt"]
    assert paths("Halden", where=['{"year": {"$gte": 2021}}', "source=archive"]) == ["ferry.txt"]
    (documents / "ferry.txt.meta.yaml").write_text("genre: museum\n", encoding="utf-8")
    assert ingest(documents).pages == 0  # type: ignore[attr-defined]
    assert paths("Halden", where=["genre=museum"]) == ["ferry.txt"]
    with pytest.raises(UsageError, match=r"unknown field 'gender'.*genre"):
        paths("Halden", where=["gender=sea"])


def test_front_matter_can_be_filtered_on_and_a_sidecar_wins(home: Path, documents: Path) -> None:
    text = "---\ntitle: Tides\ngenre: sea\nyear: 1999\n---\n\nThe tide at Skarn is high at noon.\n"
    (documents / "tide.md").write_text(text, encoding="utf-8")
    (documents / "tide.md.meta.yaml").write_text("year: 2001\n", encoding="utf-8")
    ingest(documents)
    assert paths("tide", where=["genre=sea"]) == ["tide.md"]
    assert paths("tide", where=["year=2001"]) == ["tide.md"]
    assert paths("tide", where=["year=1999"]) == []


def test_what_was_said_of_a_file_stays_when_it_changes_moves_or_is_read_again(home: Path, documents: Path) -> None:
    """An ingest from cron does not repeat `--meta`."""
    ferry, boat = documents / "ferry.txt", documents / "boat.txt"
    ingest(ferry, meta={"source": "archive", "title": "Letters"})
    with ferry.open("a", encoding="utf-8") as file:
        file.write("It sails in the morning.\n")
    ingest(documents)
    assert paths("Halden", where=["source=archive", "title=Letters"]) == ["ferry.txt"]
    ferry.rename(boat)
    ingest(documents)
    assert paths("Halden", where=["source=archive"]) == ["boat.txt"]
    ingest(documents, force=True)
    assert paths("Halden", where=["source=archive"]) == ["boat.txt"]
    ingest(boat, meta={"source": "attic"})
    assert paths("Halden", where=["source=attic"]) == ["boat.txt"]


def test_what_a_sidecar_no_longer_says_is_taken_back(home: Path, documents: Path) -> None:
    (documents / "tide.md").write_text(
        "---\ntitle: Tides\n---\n\nThe tide at Skarn is high at noon.\n", encoding="utf-8"
    )
    sidecar = documents / "tide.md.meta.yaml"
    sidecar.write_text("title: Of the sea\nyear: 2001\nkept: 1\n", encoding="utf-8")
    ingest(documents, meta={"source": "archive"})
    assert paths("tide", where=["year=2001", "title=Of the sea"]) == ["tide.md"]
    sidecar.write_text("kept: 1\n", encoding="utf-8")
    ingest(documents)
    assert paths("tide", where=["kept=1", "title=Tides", "source=archive"]) == ["tide.md"]
    with pytest.raises(UsageError, match="unknown field 'year'"):
        paths("tide", where=["year=2001"])
    sidecar.unlink()
    assert ingest(documents).pages == 0  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="unknown field 'kept'"):
        paths("tide", where=["kept=1"])


def test_copies_have_what_the_sidecars_of_all_say(home: Path, documents: Path) -> None:
    (documents / "copy.txt").write_bytes((documents / "ferry.txt").read_bytes())
    (documents / "copy.txt.meta.yaml").write_text("shelf: 3\n", encoding="utf-8")
    (documents / "ferry.txt.meta.yaml").write_text("genre: sea\n", encoding="utf-8")
    ingest(documents)
    assert paths("Halden", where=["shelf=3", "genre=sea"]) == ["copy.txt"]
    (documents / "copy.txt").unlink()
    ingest(documents)
    assert paths("Halden", where=["genre=sea"]) == ["ferry.txt"]
    with pytest.raises(UsageError, match="unknown field 'shelf'"):
        paths("Halden", where=["shelf=3"])


def test_a_broken_sidecar_costs_the_metadata_only(home: Path, documents: Path) -> None:
    (documents / "ferry.txt.meta.yaml").write_text("genre: [travel", encoding="utf-8")
    report = ingest(documents)
    assert report.documents == 3  # type: ignore[attr-defined]
    for again in (report, ingest(documents)):  # it is named until it is mended
        assert "ferry.txt.meta.yaml" in again.failed[0].path  # type: ignore[attr-defined]
        assert again.failed[0].reason.startswith("not YAML, line 1")  # type: ignore[attr-defined]
    (documents / "ferry.txt.meta.yaml").write_text("genre: travel", encoding="utf-8")
    assert not ingest(documents).failed  # type: ignore[attr-defined]


def test_a_field_that_is_read_from_the_document_is_not_lost_silently_in_a_sidecar(home: Path, documents: Path) -> None:
    (documents / "ferry.txt.meta.yaml").write_text("genre: sea\nkind: contract\n", encoding="utf-8")
    for report in (ingest(documents), ingest(documents)):
        assert [(one.kind, "my_kind" in one.reason) for one in report.failed] == [("taken", True)]  # type: ignore[attr-defined]
    assert paths("Halden", where=["genre=sea"]) == ["ferry.txt"]


def test_auto_takes_minilm_for_english_and_warns_when_french_comes(home: Path, documents: Path) -> None:
    french = documents / "pont.txt"
    text = french.read_text(encoding="utf-8")
    french.unlink()
    assert "all-MiniLM-L6-v2" in " ".join(ingest(documents).notes)  # type: ignore[attr-defined]
    french.write_text(text, encoding="utf-8")
    assert "rag index --rebuild" in " ".join(ingest(documents).notes)  # type: ignore[attr-defined]
    with Collection.open(settings=SETTINGS) as collection:
        assert collection.index(rebuild=True).model == "multilingual-e5-small"
        assert collection.verify() == []
    assert paths("économie", mode="lexical") == ["pont.txt"]


def test_another_model_than_the_collections_is_exit_code_4(home: Path, documents: Path) -> None:
    ingest(documents)
    other = Settings(embedding=Embedding(model="all-MiniLM-L6-v2"), reading=Reading(jobs=1))
    with (
        Collection.open(settings=other) as collection,
        pytest.raises(StoreError, match="rag index --rebuild") as refused,
    ):
        collection.query("ferry")
    assert refused.value.exit_code == 4


def test_chunking_can_be_changed_without_reading_a_file(home: Path, documents: Path) -> None:
    ingest(documents)
    shutil.rmtree(documents)
    settings = Settings(chunking=Chunking(method="recursive", chunk_size=40, chunk_overlap=5), reading=Reading(jobs=1))
    with Collection.open(settings=settings) as collection:
        before = collection.status().chunks
        assert collection.index(rebuild=True).chunks > before
        assert collection.query("ferry to Skarn", k=1).hits[0].text.startswith("The ferry")


def test_many_small_runs_are_merged_and_nothing_is_lost(home: Path, documents: Path) -> None:
    for n in range(12):
        (documents / f"note{n}.txt").write_text(f"Note {n} is about the harbour of Lund{n}.", encoding="utf-8")
        ingest(documents)
    with Collection.open(settings=SETTINGS) as collection:
        assert collection.status().segments < 8
        assert collection.verify() == []
        assert Path(collection.query("harbour of Lund7", k=1).hits[0].path).name == "note7.txt"


def test_an_empty_folder_makes_an_empty_collection(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert counts(ingest(tmp_path / "empty")) == (0, 0, 0, 0, 0)
    with pytest.raises(StoreError, match="rag ingest"):
        paths("anything")


def test_bytes_that_fail_under_a_wrong_name_are_read_under_the_right_one(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "twice"
    folder.mkdir()
    (folder / "a.docx").write_text("# Ferry\n\nThe ferry to Skarn sails at 7:40.")
    shutil.copy(folder / "a.docx", folder / "b.md")
    shutil.copy(folder / "a.docx", folder / "c.docx")
    for name in ("d.txt", "e.txt"):
        (folder / name).write_text("")
    report = ingest(folder)
    assert counts(report) == (1, 0, 0, 0, 1)
    reasons = {Path(failure.path).name: failure.kind for failure in report.failed}  # type: ignore[attr-defined]
    assert reasons == {"a.docx": "damaged", "c.docx": "damaged", "d.txt": "empty", "e.txt": "empty"}
    assert paths("When does the ferry sail?") == ["b.md"]
