"""The platform: content, grading, reports. It imports ``sandbox``; ``sandbox`` never imports it."""
