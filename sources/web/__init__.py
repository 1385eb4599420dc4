"""The only door to the network: which addresses, with what manners, by what client."""
