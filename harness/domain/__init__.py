"""What assay talks about: verdicts, scores, content items, errors. Plain frozen data; nothing here does I/O."""
