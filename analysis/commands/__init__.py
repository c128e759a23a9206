"""What each command does: calls, and prints what came out."""
