"""The side that grades: takes content into the store and submissions out of the queue. The web never imports it."""
