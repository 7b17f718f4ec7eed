"""The room of the accounts: who can do what, until when, and who said so; one's own keys for the API.

An administrator asks for a role, a supervisor or another administrator approves it by their own act. Being
administrator shows no case and no item: the pages here name case numbers only where a role is limited to them.
"""
