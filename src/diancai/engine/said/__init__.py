"""What was said, read closely: plain characters, dialect, language, personal data, numbers, times, households.

Pure; every module works on one text and knows nothing of needs. `digest` calls all of it, `masking.mask` is called by
whoever shows or stores a text.
"""
