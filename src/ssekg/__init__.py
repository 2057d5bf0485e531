"""The open knowledge graph of Morocco's social and solidarity economy, and its tool.

The road that data takes, and the order of the imports: sources → graph → queries → checks → publish → cli.
"""

__version__ = "0.1.0"
