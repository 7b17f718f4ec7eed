"""What the record says, as of a size, put together and judged by nobody.

`rows` turns entries into rows with keys and moments; `accounts` reduces several
accounts of a fact to the one that counts; `cases`, `things` and `bearing` say what
belongs to a case, what an item went through, and which item bears on which case;
`dates` writes moments in words. The questions above (the match, standing, duties,
impact) ask these.
"""
