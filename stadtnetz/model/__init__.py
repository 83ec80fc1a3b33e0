"""The content model: one module a kind of entry, plain values only, no files and no HTML."""
