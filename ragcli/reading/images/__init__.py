"""Pictures and drawings: what is painted, its bytes, and the caption that claims it."""
