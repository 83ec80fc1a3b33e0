"""Mutated content for everything that reads content: `make fuzz` for long, tests/test_fuzzing.py for seconds."""
