"""Canned queries: their files, their typed parameters, and the engines that answer them."""
