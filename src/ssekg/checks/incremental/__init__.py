"""A project checked again after a change: only what the change can reach, with the findings of a full run.

A full run leaves a baseline (baseline): its findings, copies of the data files, and an index of which rows of tables
mention what (row_index). A later run compares the files with these copies (row_changes, tables), finds the triples that
went and came (changes), and the focus nodes whose judgement can read one of them: along paths (reach) or by the joined
patterns of a query (joins). The rows about these and around them (neighbourhood) are a small graph, which is checked as
any graph is (recheck): its findings take the place of those that the baseline has about the same nodes and rows.
Whatever is not bounded in this way (bounds) has everything checked anew: another ontology, shapes, queries or settings,
and what depends on all names or on what the whole graph uses.
"""
