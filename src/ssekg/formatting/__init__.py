"""The canonical form of the files that people write: Turtle that keeps its comments, and tables."""
