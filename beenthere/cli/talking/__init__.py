"""What `beenthere talk` does: asks a place over its API, and shows what it said. No Django, no database."""
