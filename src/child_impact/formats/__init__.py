"""The formats a document is turned into: HTML, PDF and Word from its markup; a workbook from tables."""
