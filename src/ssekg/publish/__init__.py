"""The release: everything written from a checked graph, whole or not at all."""
