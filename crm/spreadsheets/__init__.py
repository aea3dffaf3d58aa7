"""Import and export of CSV and XLSX with headings in English and Chinese."""
