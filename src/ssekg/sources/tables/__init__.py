"""Tables: CSV files and workbooks, read by their CSVW descriptions."""
