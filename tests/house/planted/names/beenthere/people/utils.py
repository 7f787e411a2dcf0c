"""A drawer for everything."""
