"""What pages say, once more for machines: JSON-LD in the vocabulary of https://schema.org/, and Open Graph.

Everything here stands on the page as well; what the entry leaves open is left out, never guessed.
"""
