"""The settings of gunicorn, our web server: ``gunicorn --config python:workbench.runner.gunicorn_settings``.

Whoever starts it gives the address and the number of processes and threads on the command line.
"""

worker_class = "workbench.runner.gunicorn_worker.WebWorker"
keepalive = 0  # each request finds a process that is free; a connection that stays stays with one, also a busy one
preload_app = True  # the processes share what is loaded before the first request
control_socket_disable = True
