"""What the platform remembers: typed models, transactions and migrations. No rule of an assessment stands here."""
