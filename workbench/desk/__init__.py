"""What both apps stand on: people and roles, the log, the work queue, database guards."""
