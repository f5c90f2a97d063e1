"""Documents from an assessment: its JSON, and a view model that templates turn into text."""
