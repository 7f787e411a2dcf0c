"""Doors, and the pages about oneself."""
