"""Reading complaints."""
