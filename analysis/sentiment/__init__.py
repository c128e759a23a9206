"""Sentiment: lexicons, scores, arcs."""
