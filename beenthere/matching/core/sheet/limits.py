"""How much of a file is read."""

MEGABYTE = 1024 * 1024
FILE = 50 * MEGABYTE
ROWS = 1_000_000  # people, the header aside
CELL = 20_000  # characters
COLUMNS = 1_000
