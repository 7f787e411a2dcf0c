"""The pages of matching: introductions, and the local page of a sheet."""
