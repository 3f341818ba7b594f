"""A province to look at: the directory of 2019 taken as still valid, invented people, two years of events."""
