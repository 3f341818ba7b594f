"""Looking up what administrators keep."""
