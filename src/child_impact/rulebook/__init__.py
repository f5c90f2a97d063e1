"""The rulebook: sources with their clauses, derived facts, criteria and profiles, loaded from data and checked."""
