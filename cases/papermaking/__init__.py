"""Court papers: one list of blocks, written twice, as PDF (typst) and as Word."""
