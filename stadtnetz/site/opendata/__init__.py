"""The network's data as tables that anybody can download: CSV, JSON and GeoJSON, each with its description.

One definition of columns (`tables`) makes the values, the schema and what the data page says about them. Only visible
entries are in it and only what their pages show: no drafts, no notes, no contacts, nothing about consent.
"""
