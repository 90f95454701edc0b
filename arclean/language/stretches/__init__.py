"""Stretches of a text that are in another language than what is around them: its sentences, one by one, told, tagged or cut."""
