"""Checks, queries and publishes the knowledge graph that a project folder describes.

The path of the data, and the order of the imports: base → project → sources → graph → queries → catalogue → shacl →
checks → publish → cli.
"""

__version__ = "0.1.0"
