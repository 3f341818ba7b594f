"""The process tree of `make run`: one process that starts and watches the others, those that answer, and the worker.

The first process imports nothing of the application, so that it is small and starts at once; the others are spawned.
"""
