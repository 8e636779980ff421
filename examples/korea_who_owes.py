"""Who owes help to whom if either Korea is attacked by the other?

Run with ``python examples/korea_who_owes.py``. It reads treaties and plays nothing.
"""

from __future__ import annotations

import alliancesim as al


def main() -> None:
    korea = al.load("korea")
    for attacker, victim in (("PRK", "KOR"), ("KOR", "PRK")):
        attack = al.Attack(attacker=attacker, victim=victim)
        print(f"{korea.state(attacker).name} attacks {korea.state(victim).name}")
        for treaty in korea.treaties_in("as-signed"):
            for read in treaty.duties(attack):
                for duty in filter(lambda each: each.owed, read.duties):
                    print(f"  {read.weight:.0%}  {duty}")


if __name__ == "__main__":
    main()
