"""The reading room: static pages of every figure and every text, made from the corpus."""
