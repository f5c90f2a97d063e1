"""A rule engine for child impact assessment (儿童影响评价) of projects, policies and plans."""

__version__ = "0.2.0"
