"""The rules of other help: what a line is, what is shown, what is said of it. Pure."""
