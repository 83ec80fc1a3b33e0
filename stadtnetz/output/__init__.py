"""From bytes to output/: all of a site or nothing of it."""
