"""Site templates: the lines that a site repeats from page to page, learned from a crawl."""
