"""From an edition to counts: sentences, words, passages, tokens, concordance."""
