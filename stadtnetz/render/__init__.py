"""From views to bytes: templates and assets."""
