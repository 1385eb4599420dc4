"""The whole case of a claim as one file: report, verdict, reviews, evidence, log and captures, each with its proof."""
