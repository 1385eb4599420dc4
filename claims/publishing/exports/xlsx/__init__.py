"""The evidence of a report as an Excel workbook."""
