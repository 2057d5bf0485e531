"""Data of any size judged part by part, in several processes, with the results of judging them at once.

A file is cut into parts of some megabytes between two subjects (parts). Each is read once to see what the rest of the
run needs to know (scanning): whether it parses, its subjects, which nodes its links lead to. If a subject is in two
parts, all triples are grouped by subject first (grouping). The shapes are divided (division): those that read the
triples of the focus node, and some of the nodes that it leads to, are judged on each part with just these triples of
other parts, the reference graph (judging); those that read backwards or anywhere are judged at once, on all triples
with the predicates that they read. The reports are put together (merging), and what results mention is looked up in
the parts again (lookup). `LargeData` does all this with `Workers`.
"""
