"""The machine that proves incremental builds equal to clean ones: its seed, its edits, its oracles."""
