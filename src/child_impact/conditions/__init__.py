"""The condition language of criteria: one small syntax tree, parsed and type-checked against the vocabulary."""
