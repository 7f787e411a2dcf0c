"""The engine: arrays and plain values in, pairs with reasons out. Imports no Django."""
