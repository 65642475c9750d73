"""Tokens, sentences, clitics, folding: what every stage reads text with. Offsets are code points."""
