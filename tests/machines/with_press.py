"""The settings of a machine, which may besides open the site of this test as if it were of the sample press.

A desk on many machines refuses the sample itself; these programs have no other site to open.
"""

from workbench.settings import *  # noqa: F403

SAMPLE = True
