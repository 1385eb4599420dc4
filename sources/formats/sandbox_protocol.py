"""What goes between the sandbox and its program: questions and answers, each as its length and so many bytes.

The length is ``LENGTH`` bytes (big-endian). A question is one line of JSON, an object with ``act`` (a name in ``ACTS``
of the program), ``content_type``, ``url``, ``seconds`` (how long the parent waits) and what else the act takes, and
then the body.

An answer is JSON, never a pickle: what a page might do to the program must not reach its parent.
"""

LENGTH = 4  # bytes
