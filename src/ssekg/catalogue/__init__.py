"""The description of the graph: the catalogue that portals harvest, its quality, and the rehearsal of a harvest."""
