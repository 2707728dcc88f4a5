"""Which claims of the sources does the model reproduce? The same as ``relsim claims``.

``python -m experiments.claims --only B16`` runs one; without options all thirty, 200 times.
"""

import sys

from relsim.cli.main import main

sys.exit(main(["claims", *sys.argv[1:]]))
