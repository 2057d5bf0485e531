"""The published tables: what each is called, which columns it has, and its rows, made once for CSV and SQLite."""
