"""What gunicorn is told wherever it starts: ``gunicorn --config python:workbench.runner.gunicorn_settings``.

How many processes and threads there are, and the address, are given on the line that starts it.
"""

worker_class = "workbench.runner.gunicorn_worker.WebWorker"
keepalive = 0  # each request finds a process that is free; a connection that stays stays with one, also a busy one
preload_app = True  # the processes share what is loaded before the first request
control_socket_disable = True
