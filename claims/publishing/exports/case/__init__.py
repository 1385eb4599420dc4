"""A claim as one file, its complete package: report, verdict, reviews, evidence, log and captures, each proved."""
