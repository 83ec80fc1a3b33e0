"""Measures the built site with the checkers that others trust. `pytest -m "not quality"` leaves it out."""
