"""One command over the whole workbench: its programs, the embedded servers, their folders and ports."""
