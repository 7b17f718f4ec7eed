"""The auditor's room: can I trust this record and this room?

Every act and every event at the door, searched, filtered, sorted and exported, without the content of evidence; what
left without a second name; what was opened in spite of a ruling; accounts due for review; a sample that anybody can
draw again. The auditor's own reading is noted at the door. What the defence opens is in nothing that is read here.
"""
