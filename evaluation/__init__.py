"""Measure Ringkas: retrieval, answers, speed, and a gate that holds the quality floors."""
