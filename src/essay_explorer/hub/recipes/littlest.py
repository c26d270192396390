# Rooms and readings on The Littlest JupyterHub: a file for /opt/tljh/config/jupyterhub_config.d/
# Install first:  sudo /opt/tljh/hub/bin/pip install 'essay-explorer[hub]'   (Python 3.11 or newer: Ubuntu 24.04)
# A database:     sudo apt install postgresql
#                 sudo -u postgres createuser root; sudo -u postgres createdb --owner root essays
# Teachers:       add them in the admin panel to the group "teachers"; those of a course, film, to "film-teachers",
#                 its students to "film".
import os
import sys

STORE = os.environ.get("ESSAY_EXPLORER_STORE", "postgresql:///essays")
READINGS = os.environ.get("ESSAY_EXPLORER_READINGS", "/srv/readings")
WORKERS = os.environ.get("ESSAY_EXPLORER_WORKERS", "2")
URL = os.environ.get("ESSAY_EXPLORER_URL", "http://127.0.0.1:10101")
OPTIONS = os.environ.get("ESSAY_EXPLORER_OPTIONS", "").split()  # more of `essay-explorer serve --help`
USE = "access:services!service=essays"
serve = [sys.executable, "-m", "essay_explorer", "serve", "--readings", READINGS, "--workers", WORKERS, *OPTIONS]

c.JupyterHub.services.append(
    {
        "name": "essays",
        "url": URL,
        "command": serve,
        "environment": {"ESSAY_EXPLORER_STORE": STORE},  # in a variable, since everybody can read a command
        "oauth_no_confirm": True,
    }
)
c.JupyterHub.load_roles.append({"name": "user", "scopes": ["self", USE]})
c.JupyterHub.load_roles.append({"name": "server", "scopes": ["users:activity!user", "access:servers!server", USE]})
c.Spawner.environment.update({"ESSAY_EXPLORER_SERVICE": f"{URL}/services/essays/"})  # for Room.join in a notebook
c.Spawner.args.append("--ServerApp.jpserver_extensions=essay_explorer.hub.student=True")  # Open in JupyterLab
