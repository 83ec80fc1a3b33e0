"""What helps those who write: new entries, what changes by itself, what an edit changes, what lies fallow."""
