"""Read what stewards write, tables and Turtle, and remember where each triple stands."""
