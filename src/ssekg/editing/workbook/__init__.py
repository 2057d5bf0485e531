"""The tables of a project as one workbook for people, and back."""
