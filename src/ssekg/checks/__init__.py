"""All that is checked before a graph may be published."""
