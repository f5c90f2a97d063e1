"""Inference with durable-rules: conditions compiled to rules for "is true" and "is false", run in strata on flat 0/1 literals.

The package is used through its C module alone, behind `door`. What it may be given is bounded when compiling (`shards`), because past its
limits it loses rules silently or crashes.
"""
