"""The release: everything written from a checked graph, completely or not at all."""
