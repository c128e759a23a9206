"""What a number is worth: resampling in blocks, nulls, batches."""
