"""What must be kept, and what may leave: holds, and decisions on release, destruction and lifting."""
