"""Checks, queries and publishes the knowledge graph that a project folder describes.

The road that data takes, and the order of the imports: sources → graph → queries → checks → publish → cli.
"""

__version__ = "0.1.0"
