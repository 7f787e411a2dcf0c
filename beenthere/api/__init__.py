"""The public HTTP API: thin over the same actions and queries as the pages, described by itself at
`/api/v1/openapi.json`. Who asks shows a token of their own; it can do what its owner can, and no more.
"""
