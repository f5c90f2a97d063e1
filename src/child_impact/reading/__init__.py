"""Reading text files strictly: YAML 1.2 with positions, bilingual text, problems with a place and a remedy."""
