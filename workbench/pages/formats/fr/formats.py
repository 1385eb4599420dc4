"""Formats of dates and times in French: between a day and its time stands a word, as in a sentence."""

DATETIME_FORMAT = "j F Y à H:i"
