"""The program's version, apart from the package's front so that any part may name it without importing the rest."""

__version__ = "0.1.0"
