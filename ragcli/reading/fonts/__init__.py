"""What the codes of fonts mean that no map leads to Unicode, or a wrong one."""
