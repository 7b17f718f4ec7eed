"""Heavy libraries behind thin faces: files, databases, engines. No Django here."""
