"""Attributions measured against gold: matching, figures, breakdowns, how far confidence can be trusted."""
