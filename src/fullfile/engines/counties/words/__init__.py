"""The words of made-up counties, as data: names, places, things and stories."""
