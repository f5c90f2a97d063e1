"""The dossier: what an officer states about a proposal, read strictly and kept with the line of every fact."""
