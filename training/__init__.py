"""Recipes that made every weight Ringkas ships; run them on your own data as well."""
