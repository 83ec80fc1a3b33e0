"""Drawing a country: projection, outlines, arcs, and places for marks and names. Knows nothing of any network."""
