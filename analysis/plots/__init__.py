"""Figures drawn from plot tables; nothing is computed or saved here."""
