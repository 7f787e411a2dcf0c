"""OWASP ASVS 5.0.0, levels 1 and 2: what each requirement asks, in our words, and which test proves it."""
