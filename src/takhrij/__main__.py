"""``python -m takhrij``."""

from takhrij.cli import main

main()
