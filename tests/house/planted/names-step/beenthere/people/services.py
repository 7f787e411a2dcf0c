"""A step that is not on the list."""
