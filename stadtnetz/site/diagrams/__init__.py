"""Diagrams: what the network's data look like when they are drawn.

`kinship`, `timespan` and `tally` work out what stands where, from small frozen values and nothing else; `families`,
`history` and `members` put that into words and strokes of an edition. Working it out takes a few milliseconds at
most, so that nothing of it is kept: a page is made anew only when one of its inputs has changed.
"""
