"""Who publishes: sources, their names, domains and reliability; and the rules for visiting their sites."""
