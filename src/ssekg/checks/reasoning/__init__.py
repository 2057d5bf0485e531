"""What follows from ontology and data by OWL 2 DL: whether they contradict each other, and why.

`axioms` makes axioms of a graph, `literals` what the reasoner can take of their values; `hermit` asks the reasoner.
`search` looks for what contradicts, `shrinking` makes it as small as can be, `extent` finds how many records it
concerns, and `words` says it. `inferences` is what follows without being stated, `profiles` what is outside OWL 2's
profiles.
"""
