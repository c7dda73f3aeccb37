"""A file becomes pages of blocks: find files, read them in worker processes, tell their language."""

from ragcli.reading.pool import read_files
from ragcli.reading.registry import FORMATS, read
from ragcli.reading.sidecar import read_sidecar
from ragcli.reading.walk import Found, Walk, display, walk

__all__ = ["FORMATS", "Found", "Walk", "display", "read", "read_files", "read_sidecar", "walk"]
