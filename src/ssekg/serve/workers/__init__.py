"""Processes that ask the graph and can be ended: the engine has no timeout, and some queries take it down with them."""
