"""The graph in Python, for notebooks and scripts."""
