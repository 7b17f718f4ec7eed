"""The office around the rules: it stores, authorises and shows. The only place that imports Django."""
