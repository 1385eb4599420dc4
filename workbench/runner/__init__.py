"""One command for the whole workbench: its programs, the embedded servers, their folders and ports."""
