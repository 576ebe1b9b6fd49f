"""What happens on the page, one module a tab: each handler calls one verb and shows the result."""
