"""The only door to the network: address checks, HTTP client, rate limit, robots.txt, browser. No rows."""
