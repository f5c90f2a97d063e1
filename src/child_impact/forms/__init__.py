"""Forms: what is still to be asked about a proposal, written as YAML or as a workbook to fill in, and answers brought back."""
