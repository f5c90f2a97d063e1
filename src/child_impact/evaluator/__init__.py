"""The plain evaluator: walks the conditions under strong Kleene logic and keeps the proof of every verdict.

It shares the parsed conditions and the facts with the engine, and nothing else, so that each checks the other.
"""
