"""Ringkas for assistants: its reading verbs as tools of the Model Context Protocol."""
