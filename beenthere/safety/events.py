"""What safety tells the other processes."""

# Who looks after the place changed.
STEWARDS = "safety.stewards"
# Something was decided, or lifted.
DECIDED = "safety.decided"
