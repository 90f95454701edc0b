"""The engine of entities: addresses, links, names with @ and #, and numbers that lead to a person; found, counted, and kept or replaced."""

from arclean.entities.finder import report as report
