"""From an assessment to files: documents made, and written whole or not at all."""
