"""Passwords of locked files: from a flag, a file or the environment; stored and printed nowhere."""

import os
from pathlib import Path

from ragcli.errors import UsageError

VARIABLE = "RAG_PDF_PASSWORD"


def passwords(given: str | None, file: Path | None) -> tuple[str, ...]:
    """Gather all that may be tried, the flag's first; a file holds one password a line.

    Raises: UsageError when the file can't be read.
    """
    found = [given] if given else []
    if file:
        try:
            found += file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
            raise UsageError(f"{file}: {reason.lower()}", "name a file with one password a line") from None
    found.append(os.environ.get(VARIABLE, ""))
    return tuple(dict.fromkeys(password for password in found if password))
