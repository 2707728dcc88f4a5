"""A class session over loopback: thirty phones at once, drops and rejoins, hostile clients."""

import asyncio

import class_load
import pytest
from phones import Lecturer, Phone, RefusedError, asked
from serving import Served
from test_load import run

from relsim.app.hall import MOST_ROOMS, Hall
from relsim.io.errors import InputError
from relsim.play.catalogue import words

TRUST = {"default": {"bargain": "trust"}}


def test_thirty_phones_play_a_round_and_nothing_is_lost(served: Served) -> None:
    done = run(class_load.wave(served, years=2, drops=0.05))
    assert done.lost == []
    assert done.decisions >= 30
    assert done.rounds == 1


def test_a_phone_comes_back_with_its_state(served: Served) -> None:
    async def talk() -> tuple[dict, dict, dict]:
        lecturer = Lecturer(served.address, served.key)
        ada, bo = Phone(served.address, "Ada", 1), Phone(served.address, "Bo", 2)
        await ada.join()
        await bo.join()
        await lecturer.lead("next")
        await ada.ask("decide", year=1, decisions=TRUST)
        again = Phone(served.address, "Ada", 1)
        again.token = ada.token
        before = await again.ask("view", language="it")
        await lecturer.lead("next")
        await lecturer.until("year")
        after = await again.ask("view")
        await lecturer.lead("reveal")
        await lecturer.until("reveal")
        return before, after, await lecturer.ask("show")

    before, after, shown = run(talk())
    assert before["name"] == "Ada"
    assert before["has_decided"]
    assert before["title"] == words("it")("scenario.usual")
    assert after["year"] == 2
    assert not after["has_decided"]
    assert after["desk"]["decided"]["default"]["bargain"] == "trust"
    assert [one["name"] for one in shown["reveal"]["dots"]] == ["Ada", "Bo"]


def test_hostile_clients_are_refused_in_one_line(served: Served) -> None:
    room = served.address
    nobody = room.rpartition("/")[0] + "/ZZZZZZ"
    big = b'{"name": "' + b"x" * 900_000 + b'"}'

    async def talk() -> list[tuple[int, str]]:
        ada = Phone(room, "Ada", 1)
        await ada.join()
        await Lecturer(room, served.key).lead("next")
        told = []
        for address, values, raw, kind in [
            (f"{nobody}/join", {"name": "Eve"}, None, None),
            (f"{room}/join", {"name": "<img src=x onerror=alert(1)>"}, None, None),
            (f"{room}/join", {"name": "x" * 15_000}, None, None),
            (f"{room}/join", {"name": {"a": 1}}, None, None),
            (f"{room}/join", None, big, None),
            (f"{room}/join", None, b"x" * 1_500_000, None),
            (f"{room}/join", None, b"[" * 15_000, None),
            (f"{room}/join", None, b"\xff\xfe", None),
            (f"{room}/join", {"name": "Eve"}, None, "text/plain"),
            (f"{room}/join", {"name": "ada"}, None, None),
            (f"{room}/view", {"token": "forged"}, None, None),
            (f"{room}/view", {"token": ["forged"]}, None, None),
            (f"{room}/news", {"token": {}}, None, None),
            (f"{room}/news", {"key": "forged"}, None, None),
            (f"{room}/show", {"key": ada.token}, None, None),
            (f"{room}/csv", {"token": ada.token}, None, None),
            (f"{room}/lead", {"key": "\u00e9", "action": "reveal"}, None, None),
            (f"{room}/lead", {"key": served.key, "action": "__init__"}, None, None),
            (
                f"{room}/decide",
                {"token": ada.token, "year": 1, "decisions": {"cost": 0}},
                None,
                None,
            ),
            (f"{room}/decide", {"token": ada.token, "year": 9, "decisions": TRUST}, None, None),
            (f"{room}/guess", {"token": ada.token, "guess": "aggressive"}, None, None),
            (f"{room}/answer", {"token": ada.token, "question": None, "answer": 0}, None, None),
            (f"{room}/students", {"token": ada.token}, None, None),
        ]:
            try:
                await asked(address, values, raw=raw, kind=kind or "application/json")
            except RefusedError as problem:
                told.append((problem.status, problem.message))
            else:
                told.append((200, address))
        shown = await Lecturer(room, served.key).ask("show")
        assert shown["names"] == ["Ada"]
        assert shown["year"] == 1
        assert shown["decided"] == 0
        return told

    for status, message in run(talk()):
        assert status in (400, 403, 404, 413, 599), message
        assert len(message) < 300
        assert not any(part in message for part in ("\n", "Traceback", ".py", "<"))


def test_a_flood_hurts_only_its_sender(served: Served) -> None:
    async def talk() -> tuple[set[int], int]:
        ada, bo = Phone(served.address, "Ada", 1), Phone(served.address, "Bo", 2)
        await ada.join()
        await bo.join()

        async def one() -> int:
            try:
                await ada.ask("view")
            except RefusedError as problem:
                return problem.status
            return 200

        flood = [asyncio.create_task(one()) for _ in range(300)]
        await bo.ask("view")
        slow = max(bo.waited)
        return set(await asyncio.gather(*flood)), slow < 15.0

    statuses, prompt = run(talk())
    assert statuses == {200, 429}
    assert prompt


def test_rooms_are_opened_up_to_a_bound() -> None:
    async def open_many() -> set[str]:
        hall = Hall()
        opened = {hall.open().code for _ in range(MOST_ROOMS)}
        with pytest.raises(InputError, match=f"{MOST_ROOMS} rooms already"):
            hall.open()
        return opened

    assert len(run(open_many())) == MOST_ROOMS
