"""What every reader's kernel needs, loaded once by the process that the kernels are forked from."""

import contextlib
import gc
import os
import sqlite3
import warnings

gc.disable()  # a collection leaves holes, and each kernel that fills them has a page of its own
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # else the debugger talks at its import
import ipykernel.debugger
import ipykernel.ipkernel
import ipykernel.kernelapp
import ipykernel.zmqshell
import IPython.core.completerlib
import IPython.core.debugger
import IPython.core.logger
import IPython.core.oinspect
import IPython.extensions.storemagic
import psutil
import tornado.platform.asyncio
import zmq.utils.garbage

import essay_explorer
import essay_explorer.page.snapshot
from essay_explorer.core.fault import ReadingError
from essay_explorer.library.opening import open_reading
from essay_explorer.widgets.content import content_of

with warnings.catch_warnings(), contextlib.suppress(ReadingError):
    warnings.simplefilter("ignore")
    content_of(open_reading())  # readers of YAML and Markdown set themselves up on the first use
gc.freeze()  # a kernel's collector leaves these objects alone, and their memory stays shared
