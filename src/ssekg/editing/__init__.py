"""Changing the tables of a project: in one step or not at all, and only after the checks have seen the result."""
