"""What safety tells the other processes."""

# Who looks after the place changed.
STEWARDS = "safety.stewards"
