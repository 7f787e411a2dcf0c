"""What the command and the local page read: a sheet, its pairing, and how it is told."""
