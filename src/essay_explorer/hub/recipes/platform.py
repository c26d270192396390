# Sign-in by a learning platform (Moodle, Canvas, Open edX) with LTI 1.3: a file beside littlest.py
# Install first:   sudo /opt/tljh/hub/bin/pip install 'essay-explorer[lti]'
# In the platform: register an external tool, LTI 1.3, that opens in a new window (from a frame, where browsers keep
#                  no sign-in, a button leads to one), with these addresses, over HTTPS:
#                  login    https://HUB/hub/lti13/oauth_login
#                  redirect https://HUB/hub/lti13/oauth_callback
#                  target   https://HUB/services/essays/
# What the platform says then of itself goes below.
import os

c.JupyterHub.authenticator_class = "essay_explorer.hub.platform.PlatformAuthenticator"
c.LTI13Authenticator.issuer = os.environ.get("LTI_ISSUER", "https://platform.example")
c.LTI13Authenticator.authorize_url = os.environ.get("LTI_AUTHORIZE", "https://platform.example/mod/lti/auth.php")
c.LTI13Authenticator.jwks_endpoint = os.environ.get("LTI_KEYS", "https://platform.example/mod/lti/certs.php")
c.LTI13Authenticator.client_id = {os.environ.get("LTI_CLIENT", "the-client-id")}
# Whom an account belongs to: the platform's own number, which nobody chooses. "email" reads better on a teacher's list,
# and is safe where people cannot change theirs by themselves.
c.LTI13Authenticator.username_key = os.environ.get("LTI_NAME", "sub")
c.Authenticator.allow_all = True  # whom the platform sends
c.JupyterHub.cookie_max_age_days = 0.5  # a launch signs in anew, so a cookie need not last
