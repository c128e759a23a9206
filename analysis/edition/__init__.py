"""From the raw text to an edition: sources, layout, layers, voices and edits."""
