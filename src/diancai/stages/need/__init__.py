"""What the remarks ask for: cleaned, merged, reviewed, published as demand lists."""
