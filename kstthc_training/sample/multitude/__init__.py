"""The province at its full size: rows written at once, as many verbs would have left them, so that limits can be tried."""
