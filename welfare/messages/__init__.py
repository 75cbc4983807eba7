"""What goes out to citizens and staff, once it is true."""
