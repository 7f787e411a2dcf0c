"""What `run.py` needs to make an environment and start Beenthere in it. Standard library only."""
