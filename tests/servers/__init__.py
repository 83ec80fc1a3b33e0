"""The site as real web servers give it to readers."""
