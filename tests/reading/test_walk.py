"""Finding files: order, links, globs, sidecars, and what can't be looked into."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ragcli.reading.walk import _kept, _matcher, display, located, walk
from ragcli.records import Failure


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path.resolve() / "tree"
    root.mkdir()
    return root


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)


def names(root: Path, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> list[str]:
    return [found.path.relative_to(root).as_posix() for found in walk([root], include, exclude)]


def test_documents_are_found_in_order(tree: Path) -> None:
    put(tree, "b.txt", "a/c.MD", "a.pdf", "a/b/d.docx", "photo.png", "notes", ".hidden.txt", ".git/x.txt", "~$a.docx")
    assert names(tree) == ["a.pdf", "a/b/d.docx", "a/c.MD", "b.txt"]
    (note,) = walk([tree]).notes
    assert note == "left out, since their types are unknown: 1 .png, 1 without suffix"


def test_what_another_program_can_make_readable_is_told_with_the_command(tree: Path) -> None:
    put(tree, "a.odt", "b.doc", "c.ods", "d.png")
    assert walk([tree]).notes[1:] == (
        "make it DOCX: soffice --headless --convert-to docx FILE.odt",
        "make it XLSX: soffice --headless --convert-to xlsx FILE.ods",
    )


def test_what_is_known_of_a_file(tree: Path) -> None:
    put(tree, "a.txt", "b.txt", "b.txt.meta.yaml", "c.meta.yaml")
    first, second = walk([tree])
    state = (tree / "a.txt").stat()
    assert (first.root, first.size, first.mtime_ns, first.sidecar) == (tree, state.st_size, state.st_mtime_ns, None)
    beside = tree / "b.txt.meta.yaml"
    assert (second.sidecar, second.sidecar_mtime_ns) == (beside, beside.stat().st_mtime_ns)
    assert [str(tree / "c.meta.yaml") in note for note in walk([tree]).notes] == [True]


def test_a_named_file_is_kept_whatever_its_name(tree: Path) -> None:
    put(tree, "data.xyz", ".secret.txt")
    found = walk([tree / "data.xyz", tree / ".secret.txt"], include=["*.pdf"])
    assert [(file.path, file.root) for file in found] == [
        (tree / ".secret.txt", tree / ".secret.txt"),
        (tree / "data.xyz", tree / "data.xyz"),
    ]


def test_a_missing_path_costs_nothing_else(tree: Path) -> None:
    put(tree, "a.txt")
    found = walk([tree / "gone", tree / "a.txt" / "below", tree])
    assert [file.path.name for file in found] == ["a.txt"]
    assert [(failure.path, failure.kind) for failure in found.failures] == [
        (str(tree / "a.txt" / "below"), "missing"),
        (str(tree / "gone"), "missing"),
    ]


def test_overlapping_paths_give_each_file_once(tree: Path) -> None:
    put(tree, "a/b.txt")
    assert [file.root for file in walk([tree, tree / "a", tree / "a/b.txt", tree / "a/../a"])] == [tree]


def test_a_folder_that_may_not_be_read_is_a_failure(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tree, "a.txt", "locked/b.txt")
    scandir = os.scandir

    def guarded(path: str) -> object:  # the tests may run as root, whom no permission stops
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = walk([tree])
    assert [file.path.name for file in found] == ["a.txt"]
    assert found.failures == (Failure(str(tree / "locked"), "unreadable", "permission denied"),)


def test_a_pipe_is_no_document(tree: Path) -> None:
    os.mkfifo(tree / "pipe.txt")
    assert not walk([tree]).files
    assert [failure.kind for failure in walk([tree / "pipe.txt"]).failures] == ["unsupported"]


# ---- links


def test_a_link_within_the_tree_gives_no_second_copy(tree: Path) -> None:
    put(tree, "z/real.txt")
    (tree / "a.txt").symlink_to(tree / "z/real.txt")
    (tree / "b").symlink_to(tree / "z")
    (tree / "z/up").symlink_to(tree)
    assert names(tree) == ["z/real.txt"]


def test_links_lead_to_what_has_no_other_way(tree: Path) -> None:
    put(tree, ".store/1f3a", ".store/folder/x.txt")
    (tree / "paper.pdf").symlink_to(".store/1f3a")
    (tree / "shelf").symlink_to(".store/folder")
    (tree / "shelf2").symlink_to(".store/folder")
    assert names(tree) == ["paper.pdf", "shelf/x.txt"]


def test_links_out_of_the_tree_are_noted(tree: Path) -> None:
    put(tree, "a.txt")
    put(tree.parent, "outside/b.txt")
    (tree / "out").symlink_to(tree.parent / "outside")
    (tree / "b.txt").symlink_to(tree.parent / "outside/b.txt")
    found = walk([tree])
    assert [file.path.name for file in found] == ["a.txt"]
    assert found.notes == (f"links that lead out of the folder were not followed: {tree / 'b.txt'}, {tree / 'out'}",)
    assert not found.failures
    assert not walk([tree, tree.parent / "outside"]).notes


def test_links_to_nothing_and_in_circles(tree: Path) -> None:
    put(tree, "a.txt")
    (tree / "dead.pdf").symlink_to("gone.pdf")
    (tree / "circle.txt").symlink_to("circle.txt")
    (tree / "dead").symlink_to("nowhere")
    found = walk([tree, tree / "circle.txt"])
    assert [file.path.name for file in found] == ["a.txt"]
    assert {Path(failure.path).name for failure in found.failures} == {"dead.pdf", "circle.txt"}


def test_a_named_link_is_followed(tree: Path) -> None:
    put(tree.parent, "outside/b.txt")
    (tree / "out").symlink_to(tree.parent / "outside")
    (tree / "c.txt").symlink_to(tree.parent / "outside/b.txt")
    assert [file.path for file in walk([tree / "out"])] == [tree.parent / "outside/b.txt"]
    assert [file.path for file in walk([tree / "c.txt"])] == [tree / "c.txt"]


# ---- globs


@pytest.mark.parametrize(
    ("glob", "matches", "misses"),
    [
        ("*.md", ["a.md", "x/a.md", "x/y/a.md", "x.md/b.txt"], ["a.mdx", "md"]),
        ("drafts", ["drafts/a.txt", "x/drafts/y/a.txt"], ["mydrafts/a.txt", "drafts.txt"]),
        ("drafts/", ["drafts/a.txt", "x/drafts/a.txt"], ["draftsa"]),
        ("x/*.md", ["x/a.md"], ["a.md", "x/y/a.md", "z/x/a.md"]),
        ("./x/**", ["x/a.md", "x/y/a.md"], ["a.md"]),
        ("x/**/*.md", ["x/a.md", "x/y/a.md", "x/y/z/a.md"], ["a.md"]),
        ("**/y/*", ["y/a", "x/y/a"], ["y"]),
        ("/a.md", ["a.md"], ["x/a.md"]),
        ("20[0-9][!0-8].txt", ["2009.txt", "x/2019.txt"], ["2018.txt", "20/9.txt"]),
        ("a?c", ["abc"], ["a/c", "ac"]),
        ("a[.txt", ["a[.txt"], ["a.txt"]),
        ("[].txt", ["[].txt"], ["].txt", "a.txt"]),
        ("[]^-].txt", ["].txt", "^.txt", "-.txt"], ["a.txt"]),
        ("a\nb*", ["a\nbc"], ["a"]),
    ],
)
def test_globs(glob: str, matches: list[str], misses: list[str]) -> None:
    pattern = _matcher([glob])
    assert pattern
    assert [name for name in matches if not pattern.fullmatch(name)] == []
    assert [name for name in misses if pattern.fullmatch(name)] == []


@given(st.text())
@example("[]")
@example("[!]")
@example("x[z-a]")
def test_any_text_is_a_glob(glob: str) -> None:
    _matcher([glob])


def test_include_and_exclude(tree: Path) -> None:
    put(tree, "a.txt", "b.md", "x/c.txt", "x/old/d.txt", "x/photo.png")
    assert names(tree, include=("x", "*.md")) == ["b.md", "x/c.txt", "x/old/d.txt"]
    assert names(tree, include=("*.txt",), exclude=("old", "/a.txt")) == ["x/c.txt"]


# ---- names


def test_names_that_are_no_utf8(tree: Path) -> None:
    raw = os.fsencode(tree) + b"/caf\xe9\x1b[31m.txt"
    with open(raw, "w") as file:  # noqa: PTH123  a name in bytes
        file.write("x")
    (found,) = walk([tree])
    assert found.path.read_text() == "x"
    assert display(found.path) == f"{tree}/caf\\xe9\\x1b[31m.txt"
    assert located(display(found.path)) == found.path


def test_a_name_does_not_pass_for_another(tree: Path) -> None:
    """`\\u202efdp.exe.txt` would be shown as `txt.exe.pdf`."""
    (tree / "\u202efdp.txt").touch()
    shown = f"{tree}/\\u202efdp.txt"
    assert display(tree / "\u202efdp.txt") == shown
    assert located(shown) == tree / "\u202efdp.txt"
    (tree / "\\x41.txt").touch()
    assert located(f"{tree}/\\x41.txt") == tree / "\\x41.txt"  # that is its name


@given(st.binary(max_size=20))
def test_any_name_can_be_displayed(name: bytes) -> None:
    shown = display(os.fsdecode(name))
    shown.encode()
    assert shown.isprintable() or not any(letter < " " for letter in shown)


@given(
    st.sets(st.sampled_from(["a.txt", "b.txt", "A.txt", "a/a.txt", "a.b/c.txt", "b/a/z.txt", "b/a.txt"]), min_size=1)
)
def test_the_order_does_not_depend_on_the_disk(some: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        put(root, *some)
        assert [str(file.path) for file in walk([root])] == sorted(str(root / name) for name in some)


# ---- what is no file, and clocks that are wrong


def test_a_pipe_behind_a_link_is_no_document_and_no_sidecar(tree: Path) -> None:
    """To open one waits for ever."""
    os.mkfifo(tree / "pipe")
    (tree / "link.txt").symlink_to(tree / "pipe")
    put(tree, "a.txt")
    os.mkfifo(tree / "a.txt.meta.yaml")
    (found,) = walk([tree])
    assert (found.path.name, found.sidecar) == ("a.txt", None)
    assert walk([tree / "link.txt"]).failures[0].kind == "unsupported"


def test_a_time_that_64_bits_do_not_hold_is_the_last_one_that_they_do(tree: Path) -> None:
    assert (_kept(300_000 * 10**15), _kept(-300_000 * 10**15)) == (2**63 - 1, 1 - 2**63)
    put(tree, "a.txt")
    (found,) = walk([tree])
    assert found.mtime_ns == (tree / "a.txt").stat().st_mtime_ns


def test_mounted_disks_are_told(tree: Path) -> None:
    put(tree, "a.txt")
    assert walk([tree]).mounts == ()
    assert walk([Path("/")], include=("nothing",), exclude=("*",)).mounts == ("/",)
