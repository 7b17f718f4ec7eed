"""What the court did: how a count ended, was re-opened, and where a docket contradicts itself."""
