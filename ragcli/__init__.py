"""`rag`: ask your own folders of documents, on your own machine, with proof."""

from ragcli.telemetry import turn_off

__version__ = "0.1.0"

turn_off()  # here, since it must come before all that is imported, from the command line as from Python
