"""The walk over all pairs: plain functions on flat arrays, which run compiled on larger sheets.

Each function here is written in the few words that Python and the compiler both read the same way:
whole numbers below 2**63 and indexed arrays. `machine` chooses how they run.
"""
