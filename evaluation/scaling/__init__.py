"""What an index costs as it grows: built, searched and added to through our own code."""
