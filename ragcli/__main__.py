"""`python -m ragcli` is `rag`, and Ctrl-C ends it as quietly while it is still being imported."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; never returns."""
    try:
        from ragcli.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
