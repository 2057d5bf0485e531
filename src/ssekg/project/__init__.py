"""The project folder: its settings, and what they mean."""
