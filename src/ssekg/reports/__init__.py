"""Findings as people and programs read them: one small writer a format; they read only the base."""
