"""Who publishes: sources, their names, domains and reliability; how their sites are visited."""
