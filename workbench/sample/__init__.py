"""The sample press: sample data of invented outlets and a news agency, served over real HTTP on loopback."""
