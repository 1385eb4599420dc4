"""The workbench on several machines, started as the guide, the compose file and the systemd units say."""
