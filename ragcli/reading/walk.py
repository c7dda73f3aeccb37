"""Find the documents below the files and folders that the user named.

The rules, in the order in which they apply to a name below a folder:
* Names that begin with a dot are skipped, and so are the owner files `~$…` of Office.
* Globs are matched on the path below the named folder, with `/` between its parts. `*`, `?` and `[…]` stay within one
  part, `**` crosses parts. A glob without `/` is compared with every part alone: `drafts`, `*.md` match at any depth.
  A glob that matches a folder matches all that is below it.
* What matches `exclude` is skipped. With `include`, only what matches it is kept.
* Of these, the files of known types are documents; the others are counted.
A file that is named itself is always kept, whatever its name.
"""

# Strings and os.path in the loops: with a Path for each look the walk takes several times as long.
# ruff: noqa: PTH100, PTH110, PTH112, PTH116, PTH118, PTH122

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from ragcli.reading.registry import CONVERTIBLE, FORMATS, conversion
from ragcli.reading.sidecar import SUFFIX
from ragcli.records import Failure

# Control characters, and marks that turn the direction of what follows: `\\u202efdp.exe` is shown as `exe.pdf`.
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LATEST_NS = (1 << 63) - 1
_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})|\\u(20[0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class File:
    """A document on disk. Its path is absolute; a link below the named folder keeps its own name in it."""

    path: Path
    root: Path  # the folder or the file that was named
    size: int
    mtime_ns: int
    sidecar: Path | None = None
    sidecar_mtime_ns: int | None = None

    @property
    def shown(self) -> str:
        """The path as it is printed and stored."""
        return display(self.path)


@dataclass(frozen=True, slots=True)
class Walk:
    """All that was found: each document once, sorted by path."""

    files: tuple[File, ...] = ()
    failures: tuple[Failure, ...] = ()  # what was named and does not exist (kind missing), what can't be looked into
    notes: tuple[str, ...] = ()  # what was left out, one line each, for people
    named: tuple[Path, ...] = ()  # what was to be walked: a folder by its real place, all else by that of its folder
    mounts: tuple[str, ...] = ()  # folders among what was walked on which a disk is mounted

    def __iter__(self) -> Iterator[File]:
        return iter(self.files)


def walk(paths: Iterable[Path], include: Sequence[str] = (), exclude: Sequence[str] = ()) -> Walk:
    """Find all documents at and below the paths.

    Links to files and folders of the same tree are followed, but every real file is found once, by its real place if
    that can be reached without a link. Links that lead out of the tree are not followed but noted.
    """
    walker = _Walker(_matcher(include), _matcher(exclude))
    for path in paths:
        walker.add(Path(os.path.abspath(path)))
    return walker.result()


def display(path: os.PathLike[str] | str) -> str:
    """Return a path that can be printed and stored: bytes that are no UTF-8, and control characters, become \\xNN."""
    if (plain := os.fspath(path)).isprintable():  # nearly all are, and of 100,000 files each is asked for six times
        return plain
    text = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return CONTROLS.sub(lambda found: f"\\x{code:02x}" if (code := ord(found[0])) < 256 else f"\\u{code:04x}", text)


def located(shown: str) -> Path:
    """The file that `display` shows as `shown`."""
    if "\\" not in shown or os.path.lexists(shown):
        return Path(shown)
    raw = _ESCAPED.sub(
        lambda found: bytes([int(found[1], 16)]) if found[1] else chr(int(found[2], 16)).encode(), os.fsencode(shown)
    )
    return Path(os.fsdecode(raw))


class _Walker:
    """One walk: what was found so far."""

    def __init__(self, include: re.Pattern[str] | None, exclude: re.Pattern[str] | None) -> None:
        self.include, self.exclude = include, exclude
        self.named: list[Path] = []
        self.roots: list[str] = []
        self.found: dict[str, tuple[str, File]] = {}  # by the real path, with the one that is shown
        self.failures: list[Failure] = []
        self.outside: list[tuple[str, str]] = []  # a link, and where it leads
        self.orphans: list[str] = []  # sidecars
        self.unknown: Counter[str] = Counter()  # suffixes
        self.mounts: list[str] = []

    def add(self, path: Path) -> None:
        named = path
        try:
            named = path.parent.resolve() / path.name
            real = path.resolve(strict=True)
            is_folder, is_file = real.is_dir(), real.is_file()
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
            if missing := isinstance(error, FileNotFoundError | NotADirectoryError):
                self.named.append(named)  # not what can't be looked at: nobody knows that it is gone
            self._fail(os.fspath(path), "missing" if missing else "unreadable", error)
            return
        self.named.append(real if is_folder else named)
        if is_folder:
            self.roots.append(os.fspath(real))
            self._walk(os.fspath(real))
        elif is_file:
            self._keep(named, os.fspath(real), named, os.path.exists(os.fspath(named) + SUFFIX))
        else:
            self.failures.append(Failure(display(path), "unsupported", "neither a file nor a folder"))

    def result(self) -> Walk:
        notes = []
        outside = [link for link, real in self.outside if not any(is_below(real, root) for root in self.roots)]
        if outside:
            notes.append(f"links that lead out of the folder were not followed: {_some(outside)}")
        if self.orphans:
            notes.append(f"metadata without a document (NAME{SUFFIX} belongs to NAME beside it): {_some(self.orphans)}")
        if self.unknown:
            kinds = ", ".join(f"{times} {suffix or 'without suffix'}" for suffix, times in self.unknown.most_common(8))
            notes.append(f"left out, since their types are unknown: {kinds}")
            steps = {
                CONVERTIBLE[suffix]: conversion(suffix) for suffix in sorted(self.unknown) if suffix in CONVERTIBLE
            }
            notes += steps.values()
        files = [found for _, found in sorted(self.found.values(), key=itemgetter(0))]
        failures = sorted(set(self.failures), key=lambda failure: (failure.path, failure.kind))
        return Walk(tuple(files), tuple(failures), tuple(notes), tuple(self.named), tuple(sorted(set(self.mounts))))

    def _walk(self, root: str) -> None:
        """Walk a folder, and after all of it its links, so that the real place of a file wins over a link to it."""
        prefix, root_path = _prefix(root), Path(root)
        walked: set[str] = set()
        folders, links = [(root, root)], list[tuple[str, str]]()  # each as it is shown, and where it really is
        while folders or links:
            if not folders:
                shown, real = links.pop(0)
                if os.path.isdir(real):
                    folders.append((shown, real))
                elif _suffix(shown) in FORMATS:
                    self._keep(Path(shown), real, root_path, os.path.exists(shown + SUFFIX))
                else:
                    self.unknown[_suffix(shown)] += 1
                continue
            shown, real = folders.pop()
            if real in walked:
                continue
            walked.add(real)
            if os.path.ismount(real):
                self.mounts.append(display(shown))
            folder = Path(shown)
            for entry, is_link, has_sidecar in self._list(shown, prefix):
                if is_link:
                    links += self._link(entry.path, root)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, os.path.join(real, entry.name)))
                else:
                    self._keep(folder / entry.name, os.path.join(real, entry.name), root_path, has_sidecar, entry)
            links.sort()

    def _list(self, folder: str, prefix: str) -> Iterator[tuple[os.DirEntry[str], bool, bool]]:
        """Yield what is wanted of a folder: folders, links, files of known types; is it a link, has it a sidecar."""
        try:
            with os.scandir(folder) as listing:
                entries = {entry.name: entry for entry in listing}
        except OSError as error:
            self._fail(folder, "unreadable", error)
            return
        for name, entry in entries.items():
            if name.startswith((".", "~$")):
                continue
            if name.endswith(SUFFIX):
                if name.removesuffix(SUFFIX) not in entries:
                    self.orphans.append(entry.path)
                continue
            relative = entry.path[len(prefix) :].replace(os.sep, "/")
            if self.exclude and self.exclude.fullmatch(relative):
                continue
            is_link = entry.is_symlink()
            if entry.is_dir(follow_symlinks=False):
                yield entry, False, False
            elif self.include and not self.include.fullmatch(relative) and not (is_link and entry.is_dir()):
                continue
            elif is_link or (_suffix(name) in FORMATS and entry.is_file()):
                yield entry, is_link, name + SUFFIX in entries
            elif entry.is_file():
                self.unknown[_suffix(name)] += 1

    def _link(self, link: str, root: str) -> list[tuple[str, str]]:
        """The link and where it leads, in a list; nothing when it leads nowhere or out of the tree."""
        try:
            real = os.path.realpath(link, strict=True)
        except OSError as error:
            if _suffix(link) in FORMATS:
                self._fail(link, "missing", error)
            return []
        if is_below(real, root):
            return [(link, real)]
        self.outside.append((link, real))
        return []

    def _keep(
        self, path: Path, real: str, root: Path, has_sidecar: bool, entry: os.DirEntry[str] | None = None
    ) -> None:
        if real in self.found:
            return
        shown = entry.path if entry else os.fspath(path)
        try:
            state = entry.stat() if entry else os.stat(shown)
            beside = os.stat(shown + SUFFIX) if has_sidecar else None
        except FileNotFoundError:  # deleted since it was listed
            return
        except OSError as error:
            self._fail(shown, "unreadable", error)
            return
        if not stat.S_ISREG(state.st_mode):  # a link to a pipe, which nobody may ever write to
            return
        found = File(path, root, state.st_size, _kept(state.st_mtime_ns))
        if beside is not None and stat.S_ISREG(beside.st_mode):
            sidecar = path.with_name(path.name + SUFFIX)
            found = replace(found, sidecar=sidecar, sidecar_mtime_ns=_kept(beside.st_mtime_ns))
        self.found[real] = shown, found

    def _fail(self, path: str, kind: str, error: OSError | RuntimeError) -> None:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else "a loop of links"
        self.failures.append(Failure(display(path), kind, reason.lower()))


def _kept(mtime_ns: int) -> int:
    """A time of a file, at most the last one (of 2262) that 64 bits hold: some file systems have later ones."""
    return min(max(mtime_ns, -_LATEST_NS), _LATEST_NS)


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _prefix(root: str) -> str:
    return root if root.endswith(os.sep) else root + os.sep


def is_below(path: str, root: str) -> bool:
    """Whether a path is the root itself or lies in it."""
    return path == root or path.startswith(_prefix(root))


def _some(paths: Sequence[str]) -> str:
    shown = ", ".join(map(display, sorted(paths)[:3]))
    return shown if len(paths) <= 3 else f"{shown} and {len(paths) - 3} more"


# ---- globs


def _matcher(globs: Sequence[str]) -> re.Pattern[str] | None:
    """One expression for all globs; None when there are none."""
    return re.compile("|".join(f"(?:{_expression(glob)})" for glob in globs)) if globs else None


def _expression(glob: str) -> str:
    glob = glob.removeprefix("./").removesuffix("/")
    anywhere = "(?:.*/)?" if "/" not in glob else ""
    tokens = re.findall(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|.", glob.removeprefix("/"), re.DOTALL)
    return anywhere + "".join(map(_token, tokens)) + "(?:/.*)?"


def _token(token: str) -> str:
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if token in known:
        return known[token]
    if len(token) > 1:  # a set of characters
        negated = token[1] == "!"
        inside = (
            token[1 + negated : -1].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("^", "\\^")
        )
        expression = f"(?!/)[{'^' * negated}{inside}]"
        with suppress(re.error):  # `[]`, `[!]` and `[z-a]` are no sets, but what they are
            re.compile(expression)
            return expression
    return re.escape(token)
