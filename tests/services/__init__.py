"""Real servers and a real browser for the tests: found, or fetched once before the tests start."""
