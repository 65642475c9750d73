"""The standards in and out: rows of records, tables, linked data, annotations, feeds. Imports records and errors only."""
