"""The pure wing: values in, values out.

Nothing in here reads a clock, a disk, a network or chance. Standard library,
`cryptography` and `rfc8785` only, so that an outsider can check an export
with this wing alone.
"""
