"""`python -m ragcli` is `rag`."""

from ragcli.cli import main

main()
