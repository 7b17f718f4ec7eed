"""What goes into a bag (BagIt, RFC 8493): which kinds of files, the plan of a bag, the plan of a zip. Pure."""
