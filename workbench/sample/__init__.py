"""The sample press: invented outlets and an invented agency, served over real HTTP on loopback."""
