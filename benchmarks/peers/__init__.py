"""Other generators doing the same work: each has a folder with its project's fixed files and its pinned versions."""
