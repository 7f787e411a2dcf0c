"""`python -m beenthere` is the command `beenthere`."""

from beenthere.cli import main

main()
