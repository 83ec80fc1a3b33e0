"""stadtnetz: the static site generator of the city network Engagierte Stadt."""

__all__ = ["__version__"]

__version__ = "0.1.0"
