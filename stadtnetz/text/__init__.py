"""From text to plain data: decoding, YAML with positions, front matter, Markdown. Pure functions, no files."""
