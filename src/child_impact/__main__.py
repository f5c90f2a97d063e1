"""`python -m child_impact`."""

from .cli.main import main

main()
