"""Run the benches that need no data from outside: ``python -m bench``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALONE = (["-m", "takhrij", "eval", "corpus"], [str(HERE / "pages.py")], [str(HERE / "ledger.py")])


def main() -> None:
    failed = 0
    for command in ALONE:
        print(f"$ python {' '.join(command)}", flush=True)
        failed += subprocess.run([sys.executable, *command], cwd=HERE.parent, check=False).returncode != 0
    sys.exit(failed)


if __name__ == "__main__":
    main()
