"""What `make bench` runs: the real server, loaded from another process, in a small province and in a big one."""
