"""How what the support check knows was made: ``python -m training.support``."""
