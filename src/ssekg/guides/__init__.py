"""What people need who fill in the tables: of each its columns, what may be written there, and what goes with it."""
