"""The question bank: what is wrong with it, and how questions are drawn, shown, scored and repeated."""
