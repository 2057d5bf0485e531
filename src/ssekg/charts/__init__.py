"""Answers as pictures: bars, lines, points on a map, and timelines, in SVG and PNG."""
