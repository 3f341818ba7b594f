"""Lists of organisations and of people held against the directory: what is new, what differs, what is wrong."""
