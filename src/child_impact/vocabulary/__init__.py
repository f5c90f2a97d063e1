"""The vocabulary: every fact that a dossier may state, as data with a type, a unit, names and questions in both languages."""
